"""Brings the demo world's people in: accounts, artists with their members, and the tokens of the cast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from backline.demo.artists import (
    ADA,
    ALICE,
    BOB,
    CAST,
    CHARLIE,
    DANA,
    LEE,
    MARLO,
    OWNERS,
    Person,
    Profile,
    listeners,
    owner_of,
)
from backline.demo.plan import Scale, World
from backline.people import actions as people
from backline.people.models import Account, Artist, Member, Token
from backline.people.queries import token_for
from backline.signins import SignIn

PLATFORM = Person("Backline platform", "platform@example.com", "UTC")
SCOPES = (Token.Scope.READ, Token.Scope.CATALOG_WRITE)
PLATFORM_SCOPES = (Token.Scope.READ, Token.Scope.EVENTS_WRITE)


@dataclass(frozen=True)
class Settled:
    """Who is there: accounts by e-mail address, artists by handle, and the listeners in order of arrival."""

    accounts: dict[str, Account]
    artists: dict[str, Artist]
    listeners: list[Account]


def settle(world: World, *, scale: Scale, start: datetime, now: datetime, seed: int) -> Settled:
    """Makes everybody who is not there yet, in one transaction; repeating it changes nothing."""
    arrivals = _arrivals(world, scale=scale, start=start, now=now, seed=seed)
    with transaction.atomic():
        known = {account.email: account for account in Account.objects.all()}
        accounts = {
            person.email: known.get(person.email) or _join(person, joined) for person, joined in arrivals
        }
        artists = {artist.handle: artist for artist in Artist.objects.all()}
        for profile in world.profiles:
            if profile.handle not in artists:
                owner = accounts[owner_of(profile).email]
                artists[profile.handle] = _open(profile, owner, world.joined_at[profile.handle])
            _add_members(artists, accounts, world)
    audience = [accounts[person.email] for person, _ in arrivals if person.email.startswith("listener-")]
    return Settled(accounts, artists, sorted(audience, key=lambda account: (account.joined_at, account.pk)))


def _arrivals(
    world: World, *, scale: Scale, start: datetime, now: datetime, seed: int
) -> list[tuple[Person, datetime]]:
    """Everybody with the time of their sign-up. Listeners come faster and faster."""
    found = {person.email: (person, start) for person in (*CAST, PLATFORM)}
    for profile in world.profiles:
        person = owner_of(profile)
        found[person.email] = (person, world.joined_at[profile.handle] - timedelta(hours=2))
    crowd = listeners(scale.listeners, seed=seed)
    for number, person in enumerate(crowd):
        part = ((number + 1) / (len(crowd) + 1)) ** 0.7
        found[person.email] = (person, start + (now - timedelta(days=1) - start) * part)
    found[LEE.email] = (LEE, start + (now - start) * 0.4)
    return list(found.values())


def _join(person: Person, now: datetime) -> Account:
    account = people.create_account(
        person.email, name=person.name, password=person.password or None, now=now, zone=person.zone,
        is_staff=person.is_staff,
    )  # fmt: skip
    if person.shows:
        # What the settings page saves.
        account.show_to_producers = True
        account.save(update_fields=["show_to_producers"])
    return account


def _open(profile: Profile, owner: Account, now: datetime) -> Artist:
    artist = people.create_artist(owner, name=profile.name, handle=profile.handle, now=now)
    artist.bio, artist.city, artist.country = profile.bio, profile.city, profile.country
    artist.save(update_fields=["bio", "city", "country"])
    return artist


def _add_members(artists: dict[str, Artist], accounts: dict[str, Account], world: World) -> None:
    """Bob manages Alice's artist, Ada analyses it."""
    for person, role in ((BOB, Member.Role.MANAGER), (ADA, Member.Role.ANALYST)):
        people.add_member(
            artists[MARLO], account=accounts[person.email], role=role, now=world.joined_at[MARLO]
        )


def issue_signins(settled: Settled, *, kept: list[SignIn], now: datetime) -> list[SignIn]:
    """The cast's sign-ins with a token each. Tokens that a build before issued are used again while they work."""
    if kept and all(token_for(entry["token"], now=now) for entry in kept):
        return kept
    handles = {person.email: handle for handle, person in OWNERS.items()}
    signins: list[SignIn] = []
    for person in (ALICE, BOB, CHARLIE, DANA, LEE):
        account = settled.accounts[person.email]
        _, text = people.issue_token(account, name="Demo", scopes=SCOPES, now=now)
        signins.append(
            SignIn(
                name=person.name,
                email=person.email,
                password=person.password,
                token=text,
                handle=handles.get(person.email),
            )
        )
    account = settled.accounts[PLATFORM.email]
    _, text = people.issue_token(account, name="Demo platform", scopes=PLATFORM_SCOPES, now=now)
    signins.append(SignIn(name="platform", email=None, password=None, token=text, handle=None))
    return signins
