"""Settings in force, rules of the pool, the audit log."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest

from backline import env
from backline.money.models import PoolRuleStart
from backline.outbox.actions import record_audit
from backline.outbox.models import AuditEntry
from backline.web.staff_platform.shown import GROUPS, shown_settings
from tests.architecture.tree import ROOT
from tests.conftest import Cast
from tests.web.signed_in import just_signed_in

PATH = "/staff/platform/"
# Where the server is, what it connects to, and secrets: nothing a page should say.
OF_THE_SERVER = re.compile(
    r"DATA$|HOST|PORT$|PUBLIC_URL|PROXY|COUNTRY_HEADER|NETWORKS|SECRET|DEBUG|LOG_|DNS|STRIPE_(?!COUNTRY)|SMTP|"
    r"EMAIL_BACKEND|OIDC|_URL$"
)


def documented() -> dict[str, tuple[str, str]]:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8").replace("`", "")
    return {
        name: (default, about)
        for name, default, about in re.findall(r"^\| (\w+) \| (.*?) \| (.*) \|$", text, re.M)
    }


def test_every_setting_for_people_is_shown_in_the_words_of_the_document():
    shown = {
        f"BACKLINE_{name}": (default, about) for rows in GROUPS.values() for name, default, about in rows
    }
    known = {name: words for name, words in documented().items() if not OF_THE_SERVER.search(name)}
    assert shown == {name: words for name, words in known.items() if name != "setting"}


def test_the_value_in_force_says_where_it_comes_from(
    settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
):
    settings.UPLOADS_A_DAY, settings.NAME_WORDS = 70, ["type beat", "free"]
    monkeypatch.setenv("BACKLINE_UPLOADS_A_DAY", "70")
    monkeypatch.setenv("BACKLINE_NAME_WORDS_FILE", str(tmp_path / "words"))
    shown = {each.variable: each for rows in shown_settings().values() for each in rows}
    uploads, words = shown["BACKLINE_UPLOADS_A_DAY"], shown["BACKLINE_NAME_WORDS"]
    assert (uploads.value, uploads.default, uploads.origin) == ("70", "50", "environment")
    assert (words.value, words.origin) == ("type beat, free", "file")
    assert shown["BACKLINE_OPEN_PRODUCER_SIGNUP"].value == "on"
    assert shown["BACKLINE_PAYOUT_MINIMUMS"].value == "10.00 of each currency"
    assert env.origin("BACKLINE_NO_SUCH") == "default"


def test_no_secret_is_on_the_page(cast: Cast, settings: Any):
    settings.STRIPE_KEY, settings.SECRET_KEY = "sk_test_hidden", "very-secret-indeed"
    text = cast.client("dana").get(PATH).content.decode()
    assert "sk_test_hidden" not in text and "very-secret-indeed" not in text


@pytest.mark.usefixtures("at_noon")
def test_a_rule_starts_with_a_month_that_has_not_begun(cast: Cast):
    dana = just_signed_in(cast, "dana")
    answer = dana.post(f"{PATH}rule/", {"rule": "pro_rata", "from_month": "2026-04"})
    assert answer.status_code == 302
    start = PoolRuleStart.objects.get()
    assert (start.rule, start.from_month, start.set_by) == ("pro_rata", date(2026, 4, 1), cast.dana)
    text = dana.get(PATH).content.decode()
    assert "set by Dana" in text and "from the beginning" in text
    assert AuditEntry.objects.get().text.startswith("set the rule of the pool from 2026-04 on to ")


@pytest.mark.usefixtures("at_noon")
@pytest.mark.parametrize(
    "bad", [{"from_month": "2026-03"}, {"from_month": "2020-01"}, {"from_month": "soon"}, {"rule": "mine"}]
)
def test_a_rule_that_cannot_be_is_refused(cast: Cast, bad: dict[str, str]):
    fields = {"rule": "pro_rata", "from_month": "2026-04"} | bad
    assert just_signed_in(cast, "dana").post(f"{PATH}rule/", fields).status_code == 422
    assert not PoolRuleStart.objects.exists() and not AuditEntry.objects.exists()


def test_a_rule_needs_a_fresh_sign_in(cast: Cast):
    answer = cast.client("dana").post(f"{PATH}rule/", {"rule": "pro_rata", "from_month": "2099-04"})
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert not PoolRuleStart.objects.exists()


@pytest.fixture
def log(cast: Cast, now: datetime) -> None:
    """Sixty entries of Alice about members, one of the platform about the menu."""
    for number in range(60):
        record_audit(
            f"did <{number}>", account_id=cast.alice.pk, artist_id=cast.marlo.pk, topic="members", now=now
        )
    record_audit("did it itself", account_id=None, topic="menu", now=now)


def test_the_log_is_paged_newest_first(cast: Cast, log: None):
    text = cast.client("dana").get(f"{PATH}log/").content.decode()
    assert "61 entries" in text and "Page 1 of 2" in text
    assert "did it itself" in text and "The platform" in text and "did &lt;59&gt;" in text
    assert "did &lt;0&gt;" in cast.client("dana").get(f"{PATH}log/?page=2").content.decode()


def test_topic_and_person_narrow_the_log(cast: Cast, log: None):
    dana = cast.client("dana")
    for query, count in (
        ("topic=menu", "One entry"), ("topic=members", "60 entries"), ("account=ALICE", "60 entries"),
        ("account=alice@example", "60 entries"), ("account=bob", "0 entries"), ("topic=nonsense", "61 entries"),
        ("topic=menu&account=alice", "0 entries"), ("page=9999999999999", "61 entries"),
        ("page=x", "61 entries"),
    ):  # fmt: skip
        assert count in dana.get(f"{PATH}log/?{query}").content.decode(), query


def test_an_empty_log_says_so(cast: Cast):
    assert "Nothing was changed yet" in cast.client("dana").get(f"{PATH}log/").content.decode()
