"""/v2/core/accounts, their links, and what /v1/accounts shows of the same accounts."""

from __future__ import annotations

import secrets

from stripe_sandbox import balances, clock, connected
from stripe_sandbox.errors import Json, Problem, invalid
from stripe_sandbox.metadata import merged
from stripe_sandbox.paging import token_page
from stripe_sandbox.routes import route
from stripe_sandbox.shapes import blank
from stripe_sandbox.world import World

LINK_LIVES_S = 300
PARTS = ("configuration", "defaults", "future_requirements", "identity", "requirements")
CURRENCY = {
    "us": "usd", "gb": "gbp", "ch": "chf", "se": "sek", "no": "nok", "dk": "dkk", "pl": "pln", "cz": "czk",
    "hu": "huf", "ro": "ron", "bg": "bgn", "ca": "cad", "au": "aud", "nz": "nzd", "jp": "jpy", "sg": "sgd",
    "hk": "hkd", "mx": "mxn", "br": "brl", "in": "inr", "th": "thb", "my": "myr", "ae": "aed", "li": "chf",
}  # fmt: skip
EURO = frozenset(
    [
        "at",
        "be",
        "cy",
        "de",
        "ee",
        "es",
        "fi",
        "fr",
        "gr",
        "hr",
        "ie",
        "it",
        "lt",
        "lu",
        "lv",
        "mt",
        "nl",
        "pt",
        "si",
        "sk",
    ]
)
PROFILE = {"business_url": None, "doing_business_as": None, "product_description": None}
GIVEN = {
    "given_name": "identity.individual.given_name", "surname": "identity.individual.surname",
    "date_of_birth": "identity.individual.date_of_birth", "address": "identity.individual.address",
}  # fmt: skip


@route("POST", "/v2/core/accounts", "v2.core.AccountCreateParams")
def create(world: World, params: Json) -> Json:
    """A connected account that still has to be filled in."""
    identity = params.get("identity") or {}
    country = identity.get("country", "us").lower()
    if country not in CURRENCY.keys() | EURO:
        raise invalid(
            "identity.country", f"Accounts in {country.upper()} are not supported.", "unsupported_country"
        )
    _demand_possible(params)
    body = blank(
        "v2.core.account", id=world.new_id("acct", 16), applied_configurations=[],
        created=clock.stamp(world.now), closed=False, livemode=False, contact_email=params.get("contact_email"),
        dashboard=params.get("dashboard", "none"), display_name=params.get("display_name"),
        metadata=merged({}, params),
        identity={
            "attestations": None, "business_details": None, "country": country,
            "entity_type": identity.get("entity_type"), "individual": None,
        },
        defaults=_defaults(params, country),
    )  # fmt: skip
    body["_sandbox"] = {
        "requested": False, "status": "new", "asked": [connected.asks(name) for name in (*connected.PERSON,
        connected.BANK)],
        "deadline": None, "submitted": False, "persona": None, "bank": None, "bank_id": None, "bank_failed": False,
    }  # fmt: skip
    _request(body, params)
    world.add(body, account=body["id"])
    connected.refresh(world, body, event=False)
    world.tell_thin("v2.core.account.created", body)
    return shown(body, params.get("include") or [])


def _demand_possible(params: Json) -> None:
    for other in ("customer", "merchant"):
        if (params.get("configuration") or {}).get(other) is not None:
            raise invalid(
                f"configuration.{other}", "The sandbox knows recipients only.", "unsupported_configuration"
            )


def _defaults(params: Json, country: str) -> Json:
    given = params.get("defaults") or {}
    duties = given.get("responsibilities") or {}
    return {
        "currency": given.get("currency") or CURRENCY.get(country, "eur"), "locales": given.get("locales"),
        "payout_methods": None,
        "profile": PROFILE | (given.get("profile") or {}),
        "responsibilities": {
            "fees_collector": duties.get("fees_collector"), "losses_collector": duties.get("losses_collector"),
            "requirements_collector": "stripe",
        },
    }  # fmt: skip


def _request(body: Json, params: Json) -> None:
    """Notes the capabilities that are asked for, and what of the person is told by the way."""
    recipient = (params.get("configuration") or {}).get("recipient")
    if recipient is not None:
        balance = (recipient.get("capabilities") or {}).get("stripe_balance") or {}
        wanted = (balance.get("stripe_transfers") or {}).get("requested")
        if wanted is not None:
            body["_sandbox"]["requested"] = wanted
        body["applied_configurations"] = ["recipient"]
    individual = (params.get("identity") or {}).get("individual") or {}
    told = {GIVEN[name] for name in individual if name in GIVEN}
    own = body["_sandbox"]
    if not own["submitted"]:
        own["asked"] = [need for need in own["asked"] if need["description"] not in told]


def shown(body: Json, include: list[str]) -> Json:
    """The account as it is answered: parts only when they are asked for."""
    body = {name: value for name, value in body.items() if not name.startswith("_")}
    for part in PARTS:
        asked = any(name == part or name.startswith(f"{part}.") for name in include)
        if not asked:
            body[part] = None
    return body


@route("GET", "/v2/core/accounts/{id}", "v2.core.AccountRetrieveParams")
def show(world: World, params: Json, id: str) -> Json:
    """One account."""
    return shown(connected.find(world, id), params.get("include") or [])


@route("GET", "/v2/core/accounts", "v2.core.AccountListParams")
def index(world: World, params: Json) -> Json:
    """Accounts, newest first."""
    closed = bool(params.get("closed", False))
    found = token_page(
        world, "v2.core.account", params, "/v2/core/accounts", more=" and json_extract(body, '$.closed') = ?",
        values=(int(closed),),
    )  # fmt: skip
    return found | {"data": [shown(body, []) for body in found["data"]]}


@route("POST", "/v2/core/accounts/{id}", "v2.core.AccountUpdateParams")
def update(world: World, params: Json, id: str) -> Json:
    """Changes what the platform may change; never the country once it is set."""
    body = connected.find(world, id)
    if body["closed"]:
        raise Problem("The account is closed.", code="account_closed")
    country = (params.get("identity") or {}).get("country")
    if country and country.lower() != body["identity"]["country"]:
        raise invalid("identity.country", "The country of an account cannot be changed.", "country_immutable")
    _demand_possible(params)
    for name in ("contact_email", "display_name", "dashboard"):
        if name in params:
            body[name] = params[name]
    body["metadata"] = merged(body["metadata"], params)
    _request(body, params)
    connected.refresh(world, body)
    world.tell_thin("v2.core.account.updated", body)
    return shown(body, params.get("include") or [])


@route("POST", "/v2/core/accounts/{id}/close", "v2.core.AccountCloseParams")
def close(world: World, _params: Json, id: str) -> Json:
    """Ends the account; it must be empty."""
    body = connected.find(world, id)
    if any(amount for pair in balances.totals(world, id).values() for amount in pair):
        raise Problem("The account cannot be closed while its balance is not zero.", code="account_not_empty")
    body["closed"] = True
    connected.refresh(world, body)
    world.tell_thin("v2.core.account.closed", body)
    return shown(body, [])


@route("POST", "/v2/core/account_links", "v2.core.AccountLinkCreateParams")
def link(world: World, params: Json) -> Json:
    """The address of the hosted page: for one visit, within minutes."""
    body = connected.find(world, params["account"], param="account")
    if body["closed"]:
        raise Problem("The account is closed.", code="account_closed")
    case = params["use_case"]
    kind = case["type"]
    if kind not in ("account_onboarding", "account_update") or kind not in case:
        raise invalid("use_case", "use_case needs the details of its type.", "parameter_missing")
    options = case[kind]
    secret = secrets.token_urlsafe(24)
    made = blank(
        "v2.core.account_link", account=body["id"], created=clock.stamp(world.now),
        expires_at=clock.stamp(world.now + LINK_LIVES_S), livemode=False,
        url=f"{world.base_url}/setup/{secret}",
        use_case={"type": kind, kind: {"collection_options": None, "return_url": None} | options},
    )  # fmt: skip
    world.store.set(f"link:{secret}", {
        "account": body["id"], "until": world.now + LINK_LIVES_S, "kind": kind, "used": False,
        "return_url": options.get("return_url"), "refresh_url": options["refresh_url"],
    })  # fmt: skip
    return made


@route("GET", "/v1/accounts/{id}", "AccountRetrieveParams")
def show_v1(world: World, _params: Json, id: str) -> Json:
    """The same account as /v1 knows it."""
    return connected.as_v1(world, connected.find(world, id))


@route("GET", "/v1/accounts/{id}/external_accounts", "AccountExternalAccountListParams")
def banks(world: World, _params: Json, id: str) -> Json:
    """The bank account, masked."""
    external: Json = connected.as_v1(world, connected.find(world, id))["external_accounts"]
    return external


@route("POST", "/v1/accounts/{id}/login_links", "AccountLoginLinkCreateParams")
def login(world: World, _params: Json, id: str) -> Json:
    """The address of the account's own dashboard, for one visit."""
    body = connected.find(world, id)
    if not body["_sandbox"]["submitted"]:
        raise Problem(
            "Cannot create a login link for an account that has not completed onboarding.", param="account"
        )
    secret = secrets.token_urlsafe(24)
    world.store.set(f"login:{secret}", {"account": id, "until": world.now + LINK_LIVES_S})
    return blank("login_link", created=world.now, url=f"{world.base_url}/express/{secret}")
