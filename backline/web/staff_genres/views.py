"""The list of genres."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from backline.catalog import actions
from backline.catalog.queries import genre_uses
from backline.core import clock
from backline.web import access, viewer
from backline.web.render import page


@require_http_methods(["GET", "HEAD", "POST"])
@access.staff_only
def genres(request: HttpRequest) -> HttpResponse:
    """All genres with what has them; adding one."""
    name, problem = request.POST.get("name", ""), ""
    if request.method == "POST":
        try:
            genre = actions.add_genre(name, by=viewer.person(request), now=clock.now())
        except actions.GenreRefused as reason:
            problem = str(reason)
        else:
            messages.success(request, f"{genre.name} is a genre now.")
            return redirect("staff-genres")
    about = {"genres": genre_uses(), "name": name[:80], "problem": problem}
    return page(request, "staff_genres/page.html", status=422 if problem else 200, **about)


@require_POST
@access.staff_only
def rename(request: HttpRequest, genre_id: int) -> HttpResponse:
    """Calls a genre otherwise."""
    genre, name = access.any_genre(genre_id), request.POST.get("name", "")
    try:
        actions.rename_genre(genre, name=name, by=viewer.person(request), now=clock.now())
        messages.success(request, f"It is called {genre.name} now.")
    except actions.GenreRefused as reason:
        messages.error(request, str(reason))
    return redirect("staff-genres")


@require_POST
@access.staff_only
def remove(request: HttpRequest, genre_id: int) -> HttpResponse:
    """Takes a genre off the list."""
    genre = access.any_genre(genre_id)
    try:
        actions.remove_genre(genre, by=viewer.person(request), now=clock.now())
        messages.success(request, f"{genre.name} is no longer a genre.")
    except actions.GenreRefused as reason:
        messages.error(request, str(reason))
    return redirect("staff-genres")
