"""The menu: its entries, in order."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backline.core import clock
from backline.web import access, viewer
from backline.web.models import MenuItem
from backline.web.posted import posted
from backline.web.render import page
from backline.web.staff_menu import actions
from backline.web.staff_menu.forms import ItemForm
from backline.web.staff_menu.queries import all_items

STEPS = {"up": -1, "down": 1}


@require_safe
@access.staff_only
def menu(request: HttpRequest) -> HttpResponse:
    """All entries in order."""
    return page(request, "staff_menu/page.html", items=all_items())


@require_http_methods(["GET", "HEAD", "POST"])
@access.staff_only
def new(request: HttpRequest) -> HttpResponse:
    """Adds an entry."""
    return _form(request, MenuItem())


@require_http_methods(["GET", "HEAD", "POST"])
@access.staff_only
def edit(request: HttpRequest, item_id: int) -> HttpResponse:
    """Changes an entry."""
    return _form(request, access.menu_item(item_id))


@require_POST
@access.staff_only
def move(request: HttpRequest, item_id: int) -> HttpResponse:
    """One place up or down."""
    item, step = access.menu_item(item_id), STEPS.get(request.POST.get("to", ""))
    if step:
        actions.move_item(item, step=step, by=viewer.person(request), now=clock.now())
    return redirect("staff-menu")


@require_POST
@access.staff_only
def remove(request: HttpRequest, item_id: int) -> HttpResponse:
    """Takes an entry out."""
    item = access.menu_item(item_id)
    actions.remove_item(item, by=viewer.person(request), now=clock.now())
    messages.success(request, f"{item.label} is no longer in the menu.")
    return redirect("staff-menu")


@require_POST
@access.staff_only
def reset(request: HttpRequest) -> HttpResponse:
    """Back to the seven pages."""
    actions.reset_menu(by=viewer.person(request), now=clock.now())
    messages.success(request, "The menu is the seven pages again.")
    return redirect("staff-menu")


def _form(request: HttpRequest, item: MenuItem) -> HttpResponse:
    label = item.label
    form = ItemForm(posted(request), instance=item)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_item(form.save(commit=False), by=viewer.person(request), now=clock.now())
        except actions.MenuFull as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, f"{item.label} is in the menu.")
            return redirect("staff-menu")
    status = 422 if form.errors else 200
    return page(request, "staff_menu/form.html", form=form, label=label, item_id=item.pk, status=status)
