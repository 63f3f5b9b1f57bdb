"""The featured beat: the star in My Beats, its line under Next steps, the first row of the public profile."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from backline.catalog import actions as catalog
from backline.catalog.models import Beat, Featured
from tests.catalog.makers import COMPLETE, make_draft, make_public
from tests.conftest import NOW, Cast
from tests.web.screens import heard_beat, words

pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.fixture
def quiet(cast: Cast, now: datetime) -> Beat:
    """A public beat nobody has heard, beside one with plays."""
    heard_beat(cast.marlo, account=cast.alice, now=now)
    return make_public(cast.marlo, account=cast.alice, now=now, fields=replace(COMPLETE, name="Quiet"))


def press(cast: Cast, beat: Beat, who: str = "alice", **values: str) -> Any:
    return cast.client(who).post(f"/backstage/beats/{beat.pk}/feature/", values)


def test_it_stands_first_on_the_profile_in_either_order(cast: Cast, quiet: Beat):
    for order in ("", "?sort=newest"):
        page = cast.client("visitor").get(f"/@marlo-vane/{order}").content.decode()
        assert "Featured" not in page
    plays = "/@marlo-vane/"
    page = cast.client("visitor").get(plays).content.decode()
    assert page.index("Low Tide") < page.index("Quiet")
    press(cast, quiet, "bob")
    page = cast.client("visitor").get(plays).content.decode()
    assert page.index("Quiet") < page.index("Low Tide") and page.count(">Featured<") == 1
    catalog.unpublish_beat(quiet, now=NOW)
    assert "Featured" not in cast.client("visitor").get(plays).content.decode()


def test_the_star_and_the_line_say_which(cast: Cast, quiet: Beat):
    client = cast.client("alice")
    more = f"/backstage/beats/{quiet.pk}/more/"
    assert "No featured beat" in client.get("/dashboard/beats/").content.decode()
    assert "Feature on the profile" in client.get(more).content.decode()
    answer = press(cast, quiet, back="/dashboard/beats/?artist=marlo-vane&q=qui")
    assert (answer.status_code, answer.url) == (302, "/dashboard/beats/?artist=marlo-vane&q=qui")
    page = client.get("/dashboard/beats/").content.decode()
    assert ">Featured<" in page and "Feature no longer" in client.get(more).content.decode()
    assert "Featured beat: Quiet First on your public profile since 18 Mar 2026." in words(page)
    catalog.unpublish_beat(quiet, now=NOW)
    assert "It is not public now" in client.get("/dashboard/beats/").content.decode()
    press(cast, quiet, feature="no")
    assert not Featured.objects.exists()


def test_it_goes_back_to_the_list_and_nowhere_else(cast: Cast, quiet: Beat):
    for back in ("", "https://example.com/", "//example.com", "/dashboard/beats/@x"):
        assert press(cast, quiet, back=back).url == "/dashboard/beats/?artist=marlo-vane"


def test_who_may_not(cast: Cast, quiet: Beat, now: datetime):
    assert press(cast, quiet, "ada").status_code == 403
    assert press(cast, quiet, "charlie").status_code == 404
    assert press(cast, quiet, "visitor").url.startswith("/accounts/login/")
    draft = make_draft(cast.marlo, account=cast.alice, now=now)
    assert press(cast, draft).status_code == 302
    theirs = make_public(cast.kit, account=cast.bob, now=now)
    credit = catalog.invite_credit(theirs, artist=cast.marlo, now=now)
    catalog.answer_credit(credit, accept=True, now=now)
    assert press(cast, theirs).status_code == 404
    assert not Featured.objects.exists()
    assert "Feature " not in cast.client("ada").get("/dashboard/beats/").content.decode()
