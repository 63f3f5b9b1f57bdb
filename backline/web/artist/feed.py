"""An artist's newest beats as an Atom feed (RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from backline.catalog.models import Beat
from backline.domain.music import key_name
from backline.people.models import Artist

ATOM = "application/atom+xml; charset=utf-8"
ENTRIES = 20


def atom(artist: Artist, *, site: str) -> str:
    """The feed; `site` is scheme and host, since readers need whole addresses."""
    home = f"{site}{artist.get_absolute_url()}"
    about = artist.bio or f"Beats by {artist.name}"
    # Its id stays when the artist moves to another address: readers would take it for another feed.
    feed = Atom1Feed(
        title=artist.name, link=home, description=about, author_name=artist.name, author_link=home,
        feed_url=f"{home}feed.atom", feed_guid=f"{site}/artists/{artist.pk}",
    )  # fmt: skip
    beats = Beat.objects.public().credited_to(artist.pk).order_by("-first_published_at", "-id")[:ENTRIES]
    for beat in beats:
        published = beat.first_published_at or datetime(1970, 1, 1, tzinfo=UTC)
        feed.add_item(
            title=beat.name,
            link=f"{site}{beat.get_absolute_url()}",
            description=escape(beat.description or _facts(beat)),  # summaries are read as HTML
            pubdate=published,
            updateddate=max(beat.updated_at, published),
            unique_id=f"{site}/beats/{beat.pk}",
        )
    return str(feed.writeString("utf-8"))


def _facts(beat: Beat) -> str:
    key = key_name(beat.key, beat.scale) if beat.key is not None and beat.scale else ""
    return ", ".join(part for part in (f"{beat.bpm} BPM" if beat.bpm else "", key) if part)
