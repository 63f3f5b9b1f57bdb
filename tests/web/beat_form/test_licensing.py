"""Section 5 of the beat form, what an assisted beat must say, collections, and the cover's crop."""

from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from backline.catalog import actions
from backline.catalog.fields import BeatFields
from backline.catalog.models import Beat, BeatChange
from backline.catalog.queries.offers import offer_of
from backline.core import files
from tests.catalog.bad_files import named
from tests.catalog.makers import make_draft, make_public
from tests.conftest import Cast
from tests.web.beat_form.test_beat_form import address, filled, text

OFFER: dict[str, Any] = {
    "licensing": "both",
    "price": "500",
    "currency": "EUR",
    "contact": "marlo@example.com",
    "producer_percent": "30",
    "buyer_percent": "70",
    "royalty": "2,5",
    "territory": "Europe",
    "law": "Germany",
    "uses": ["streaming", "film"],
    "deliverables": ["wav", "stems"],
}


@pytest.fixture
def draft(cast: Cast, now: datetime) -> Beat:
    return make_draft(cast.marlo, account=cast.alice, now=now)


def test_a_whole_offer_is_kept_shown_and_published(cast: Cast, draft: Beat):
    client = cast.client("alice")
    client.post(address(draft), filled(draft, **OFFER, action="publish"))
    beat = Beat.objects.get(pk=draft.pk)
    offer = offer_of(beat)
    assert offer is not None and beat.is_public and beat.licensing_complete
    assert (offer.price_minor, offer.royalty_bp, offer.uses) == (50_000, 250, ("streaming", "film"))
    page = text(client.get(address(draft)))
    assert 'value="500.00"' in page and 'value="2.5"' in page
    public = text(cast.client("visitor").get(beat.get_absolute_url()))
    assert "marlo@example.com" in public and "70 % yours" in public
    assert BeatChange.objects.filter(field="offer", after__contains="500.00 EUR").exists()


def test_a_part_of_an_offer_is_a_draft_and_its_lacks_are_listed(cast: Cast, draft: Beat):
    client = cast.client("alice")
    client.post(address(draft), filled(draft, licensing="exclusive", price="", currency=""))
    beat = Beat.objects.get(pk=draft.pk)
    assert (beat.licensing, beat.licensing_complete) == ("exclusive", False)
    page = text(client.get(address(draft)))
    assert "The offer wants a price and its currency." in page and "The offer wants a contact." in page
    refused = client.post(address(draft), filled(draft, licensing="exclusive", action="publish"))
    assert refused.status_code == 422 and not Beat.objects.get(pk=draft.pk).is_public


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"buyer_percent": "71"}, "sum to 101 %"),
        ({"price": "ten"}, "A plain amount of EUR"),
        ({"price": "5.001"}, "A plain amount of EUR"),
        ({"price": "0"}, "A price above 0"),
        ({"currency": ""}, "Choose the currency"),
        ({"royalty": "x"}, "A percentage such as"),
        ({"uses": ["all"]}, "not one of the available choices"),
        ({"licensing": "free"}, "not one of the available choices"),
        ({"contact": "x" * 255}, "at most 254 characters"),
    ],
)
def test_a_wrong_term_is_said_and_nothing_is_saved(
    cast: Cast, draft: Beat, changes: dict[str, Any], words: str
):
    answer = cast.client("alice").post(address(draft), filled(draft, **(OFFER | changes)))
    assert answer.status_code == 422 and words in text(answer)
    assert Beat.objects.get(pk=draft.pk).licensing == "standard"


def test_a_preset_fills_in_terms_and_keeps_price_and_contact(cast: Cast, draft: Beat):
    cast.client("alice").post(address(draft), filled(draft, **OFFER, preset="film"))
    offer = offer_of(Beat.objects.get(pk=draft.pk))
    assert offer is not None
    assert (offer.producer_percent, offer.buyer_percent, offer.price_minor) == (50, 50, 50_000)
    assert "advertising" in offer.uses and offer.contact == "marlo@example.com"


def test_an_assisted_beat_names_its_tool_and_confirms_the_rights(cast: Cast, draft: Beat):
    client = cast.client("alice")
    page = text(client.post(address(draft), filled(draft, ai_declaration="assisted"), follow=True))
    assert "Say which AI tool was used." in page and "Confirm the commercial rights" in page
    whole = {"ai_declaration": "assisted", "ai_tool": "Splitter", "ai_note": "Stems", "ai_rights": "on"}
    client.post(address(draft), filled(draft, **whole, action="publish"))
    assert Beat.objects.get(pk=draft.pk).is_public


def test_own_collections_are_chosen_and_others_refused(cast: Cast, draft: Beat, now: datetime):
    own, left = (actions.create_collection(cast.marlo, name=n, kind="ep", now=now) for n in ("Own", "Left"))
    other = actions.create_collection(cast.sable, name="Other", kind="ep", now=now)
    actions.add_to_collection(left, beat=draft, now=now)
    client = cast.client("alice")
    client.post(address(draft), filled(draft, placed="1", collections=[own.pk]))
    assert list(draft.collections.values_list("name", flat=True)) == ["Own"]
    refused = client.post(address(draft), filled(draft, placed="1", collections=[other.pk]))
    assert refused.status_code == 422 and not other.entries.exists()
    client.post(address(draft), filled(draft))
    assert draft.collections.count() == 1, "a form without collections leaves them alone"
    with pytest.raises(ValueError, match="no such collection"):
        actions.place_beat(draft, collection_ids=[other.pk], now=now)


def test_the_chosen_square_is_what_is_kept(cast: Cast, draft: Beat, tmp_path: Path):
    from PIL import Image

    picture = Image.new("RGB", (1200, 600), "red")
    picture.paste("blue", (600, 0, 1200, 600))
    picture.save(tmp_path / "c.png")
    content = (tmp_path / "c.png").read_bytes()
    crop = {"crop_x": "500", "crop_y": "0", "crop_side": "500"}
    cast.client("alice").post(address(draft), filled(draft, cover=named(content, "c.png"), **crop))
    key = Beat.objects.get(pk=draft.pk).cover_key
    kept = Image.open(io.BytesIO(files.path(f"{key}/320.webp").read_bytes()))
    red, _, blue = kept.convert("RGB").resize((1, 1)).tobytes()
    assert blue > 200 and red < 60


def test_a_10000_character_name_and_doubled_tags(cast: Cast, draft: Beat):
    client = cast.client("alice")
    refused = client.post(address(draft), filled(draft, name="x" * 10_000))
    assert refused.status_code == 422 and "255 characters" in text(refused)
    client.post(address(draft), filled(draft, tags="Lo-Fi, lofi, lo fi, LO-FI, dark"))
    assert list(draft.tags.values_list("name", flat=True)) == ["lo-fi", "dark"]


def test_a_sold_beat_changes_its_cover_and_nothing_else(cast: Cast, now: datetime):
    beat = make_public(cast.marlo, account=cast.alice, now=now)
    actions.mark_sold(beat.pk, now=now)
    client = cast.client("alice")
    refused = client.post(address(beat), filled(beat, name="Other"))
    assert refused.status_code == 422 and "only its cover can change" in text(refused)
    assert client.post(address(beat), filled(beat, cover_style="tiles")).status_code == 302
    assert Beat.objects.get(pk=beat.pk).cover_style == "tiles"
    assert "One buyer has it exclusively" in text(cast.client("visitor").get(beat.get_absolute_url()))


def test_each_thing_that_is_missing_leads_to_its_place_on_the_page(cast: Cast, now: datetime):
    start = BeatFields(ai_declaration="assisted", licensing="exclusive")
    beat = make_draft(cast.marlo, account=cast.alice, now=now, fields=start)
    page = cast.client("alice").get(address(beat)).content.decode()
    places = re.findall(r'<a class="plain" href="#([^"]+)">', page)
    assert {"genres", "id_bpm", "id_ai_tool", "s5"} <= set(places)
    assert [place for place in places if f'id="{place}"' not in page] == []
