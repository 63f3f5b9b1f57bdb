"""The Dashboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from backline.core import clock
from backline.domain.greetings import greeting
from backline.people.models import Member
from backline.web import access
from backline.web.dashboard import queries
from backline.web.dashboard.month import drawn
from backline.web.dashboard.navigation import shortcuts
from backline.web.dashboard.needs import needs
from backline.web.dashboard.news import since_yesterday
from backline.web.dashboard.queries import Basis
from backline.web.payout_setup.reminder import reminder, reminds
from backline.web.render import page
from backline.web.sections import attempt, wanted
from backline.web.shell import shell_for
from backline.web.standing_news import tell


@require_safe
@access.artist_page("Dashboard")
def dashboard(request: HttpRequest, member: Member) -> HttpResponse:
    """Seven sections, each read by itself; htmx asks for one of them again."""
    now, shell = clock.now(), shell_for(request)
    tell(request, member, now=now)
    basis = Basis(member.artist_id, now=now, counts=shell.counts, level=shell.level)
    reads: dict[str, Callable[[], Any]] = {
        "plays": partial(queries.plays, basis),
        "navigation": partial(shortcuts, basis, shell.menu, member=member, zone=shell.zone),
        "stats": partial(queries.stats, basis),
        "month": lambda: drawn(queries.month(basis)),
        "needs": partial(needs, basis, member, reminded=reminds(request, member)),
        "since": partial(since_yesterday, basis, member),
        "waits": partial(reminder, request, member),
    }
    sections: dict[str, Any] = {
        name: attempt(request, name, read, of=(member.pk, member.role))
        for name, read in wanted(request, reads).items()
    }
    local = now.astimezone(shell.zone)
    return page(request, "dashboard/page.html", greeting=greeting(local.hour), now=now, **sections)
