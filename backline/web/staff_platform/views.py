"""Settings in force, rules of the pool, the audit log."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from backline.core import clock
from backline.money.actions import RuleTooLate
from backline.money.queries.rules import payout_minimums, rule_history
from backline.outbox import queries as outbox
from backline.people.queries import artist_names
from backline.shop import queries as shop
from backline.web import access, viewer
from backline.web.render import page
from backline.web.staff_platform.actions import begin_rule
from backline.web.staff_platform.forms import LogSearch, RuleForm
from backline.web.staff_platform.shown import shown_settings
from backline.web.step_up import fresh_sign_in_required

SIZE = 50


@require_safe
@access.staff_only
def platform(request: HttpRequest) -> HttpResponse:
    """What is set, and since when the pool is divided how."""
    return _platform(request, RuleForm())


@require_POST
@access.staff_only
@fresh_sign_in_required
def rule(request: HttpRequest) -> HttpResponse:
    """Starts a rule of the pool with a month that has not begun."""
    form = RuleForm(request.POST)
    if form.is_valid():
        try:
            begin_rule(**form.cleaned_data, by=viewer.person(request), now=clock.now())
        except RuleTooLate as reason:
            form.add_error("from_month", str(reason))
        else:
            messages.success(request, "The rule is set.")
            return redirect("staff-platform")
    return _platform(request, form)


@require_safe
@access.staff_only
def log(request: HttpRequest) -> HttpResponse:
    """Who changed what, newest first."""
    form, topics = LogSearch(request.GET), outbox.audit_topics()
    form.is_valid()
    wanted, account = form.cleaned_data.get("topic", ""), form.cleaned_data.get("account", "")
    topic = wanted if wanted in topics else ""
    number = form.cleaned_data.get("page") or 1
    found = outbox.audit_page(topic=topic, account=account, page=number, size=SIZE)
    artists = artist_names({row.artist_id for row in found.rows if row.artist_id})
    return page(
        request,
        "staff_platform/log.html",
        found=found,
        topics=topics,
        topic=topic,
        account=account,
        artists=artists,
    )


def _platform(request: HttpRequest, form: RuleForm) -> HttpResponse:
    groups = shown_settings()
    changed = sum(each.origin != "default" for rows in groups.values() for each in rows)
    return page(
        request, "staff_platform/page.html", groups=groups, changed=changed, rules=rule_history(), form=form,
        minimums=payout_minimums(shop.currencies()), status=422 if form.errors else 200,
    )  # fmt: skip
