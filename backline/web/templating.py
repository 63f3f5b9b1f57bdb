"""The Jinja2 environment of all screens: autoescaped, undefined names are errors, words translatable.

Filters only write values down (`backline/web/formats.py`); templates neither query nor calculate.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static as static_address
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from backline.web import amounts, formats
from backline.web.pictures import avatar_address, banner_address, photo_address
from backline.web.sections import is_failed, is_stale, shown_at

FILTERS = {
    "number": formats.number,
    "compact": formats.compact,
    "percent": formats.percent,
    "signed": formats.signed,
    "signed_percent": formats.signed_percent,
    "duration": formats.duration,
    "bytes": formats.size,
    "ordinal": formats.ordinal,
    "initials": formats.initials,
    "day": formats.day,
    "full_day": formats.full_day,
    "long_day": formats.long_day,
    "weekday_day": formats.weekday_day,
    "month": formats.month,
    "month_name": formats.month_name,
    "short_month": formats.short_month,
    "country": formats.country_name,
    "time": formats.time,
    "datetime": formats.day_time,
    "near_day": formats.near_day,
    "iso": formats.iso,
    "browser": formats.browser,
    "relative": formats.relative,
    "amount": amounts.amount,
    "money": amounts.money,
    "signed_amount": amounts.signed_amount,
    "points": amounts.points,
    "micro_money": amounts.micro_money,
    "micro_amount": amounts.micro_amount,
    "signed_micro": amounts.signed_micro,
    "scale": amounts.scale,
}


class _Environment(Environment):
    """Templates share the environment's globals as they are: no template here is loaded with globals of its own.

    Jinja2 would lay an empty layer over them, and compare the two layers key by key on each of a page's thirty imports.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def environment(**options: Any) -> Environment:
    """The environment Django's Jinja2 backend asks for; `options` are the backend's."""
    options |= {
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "extensions": ["jinja2.ext.i18n"],
    }
    made = _Environment(**options)
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(FILTERS)
    made.tests["failed"] = is_failed
    made.globals.update(
        static=static,
        url=url,
        language=get_language,
        avatar_address=avatar_address,
        banner_address=banner_address,
        photo_address=photo_address,
        icon_use=icon_use,
        is_stale=is_stale,
        shown_at=shown_at,
        provider_name=provider_name,
    )
    return made


@lru_cache(maxsize=256)
def static(path: str) -> str:
    """The address of a static file. Addresses do not change while the process lives."""
    return static_address(path)


def url(name: str, **parts: Any) -> str:
    """The address of a named view."""
    return reverse(name, kwargs=parts or None)


def provider_name() -> str:
    """What the identity provider is called; empty when none is set up."""
    return settings.OIDC.name if settings.OIDC else ""


@lru_cache(maxsize=512)
def icon_use(name: str, look: str = "") -> Markup:
    """The SVG of an icon: what `components/icon.html` hands out. Pages hold a hundred, so it is not a macro."""
    classes = f"icon {look}" if look else "icon"
    address = static("icons.svg")
    return Markup('<svg class="{}" aria-hidden="true"><use href="{}#{}" /></svg>').format(
        classes, address, name
    )
