"""What the pages of staff are about: any account, artist, genre or entry of the menu. `staff_only` has let them in."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from backline.catalog.models import Genre
from backline.people.models import Account, Artist
from backline.web.models import MenuItem


def any_account(account_id: int) -> Account:
    """Any account, deleted ones too.

    Raises:
        Http404: no such account.
    """
    return get_object_or_404(Account, pk=account_id)


def any_artist(artist_id: int) -> Artist:
    """Any artist, revoked ones too.

    Raises:
        Http404: no such artist.
    """
    return get_object_or_404(Artist, pk=artist_id)


def any_genre(genre_id: int) -> Genre:
    """A genre of the platform's list.

    Raises:
        Http404: no such genre.
    """
    return get_object_or_404(Genre, pk=genre_id)


def menu_item(item_id: int) -> MenuItem:
    """An entry of the sidebar's menu.

    Raises:
        Http404: no such entry.
    """
    return get_object_or_404(MenuItem, pk=item_id)
