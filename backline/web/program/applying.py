"""What the pages of the Producer Program do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse

from backline.core import clock
from backline.domain.applications import KINDS, OPEN, REAPPLY_DAYS, NotNow, hindrance
from backline.integrations.attachments import Refused
from backline.people import actions, queries
from backline.people.models import Account, Application, Member
from backline.web import viewer
from backline.web.numbers import number_in
from backline.web.program.forms import ApplicationForm, ProofForm
from backline.web.render import page
from backline.web.sent_files import sent_in

NEXT = {
    "draft": "fill in what is missing and send it.",
    "pending": "staff decide, most often within a few days. You get a mail.",
    "asked": "edit it and send it again.",
    "revoked": "write to support. They can open it again.",
}


@dataclass(frozen=True)
class Choice:
    """A kind of application: `hindrance` says why not now, `open` is the one that goes on."""

    kind: str
    title: str
    hindrance: str
    open: Application | None


def choices(account: Account, *, now: datetime) -> list[Choice]:
    """The three kinds as they stand for this account."""
    found = []
    for kind, title in KINDS.items():
        going = queries.open_application(account.pk, kind)
        found.append(Choice(kind, title, "" if going else hindrance_of(account, kind, now=now), going))
    return found


def hindrance_of(account: Account, kind: str, *, now: datetime) -> str:
    """Why the account may not begin this now; empty when it may."""
    return hindrance(kind, actions.past_of(account, kind), now=now)


def chosen_handle(request: HttpRequest, kind: str, found: Application | None) -> str:
    """The profile the form opens with: the one that was chosen from those found, or one's own to verify."""
    mine = viewer.selected_member(request) if kind == "verify" and not found else None
    return request.GET.get("artist", "")[:40] or (mine.artist.handle if mine else "")


def own(request: HttpRequest, application_id: int) -> Application:
    """One of the account's applications.

    Raises:
        Http404: no such application for this account.
    """
    mine = Application.objects.filter(pk=application_id, account=viewer.person(request))
    found = mine.select_related("artist").first()
    if found is None:
        raise Http404
    return found


def show(request: HttpRequest, found: Application, proof_form: ProofForm) -> HttpResponse:
    """The page of one application."""
    return page(
        request, "program/application.html", status=422 if proof_form.errors else 200, application=found,
        title=KINDS[found.kind], next=next_step(found), proof_form=proof_form,
        events=queries.history(found.pk, for_staff=False), files=list(found.attachments.all()),
        proofs=list(found.proofs.all()), open=found.state in OPEN,
    )  # fmt: skip


def next_step(found: Application) -> str:
    """What the applicant does or waits for next, in a sentence; empty when nothing is to come."""
    if found.state == "denied" and found.decided_at:
        again = found.decided_at + timedelta(days=REAPPLY_DAYS)
        return f"you may apply again from {again:%-d %B %Y}."
    if found.kind == "verify" and found.state == "pending" and not found.proofs.exists():
        return "give one proof below. Staff decide when it was found."
    return NEXT.get(found.state, "")


def keep(
    request: HttpRequest, form: ApplicationForm, *, account: Account, sending: bool
) -> Application | None:
    """Saves the form, and sends it when asked to; what is not possible is said in the form, and None is the answer."""
    now, artist = clock.now(), form.cleaned_data.get("artist")
    if problem := _problem(form, account):
        form.add_error("artist", problem)
        return None
    try:
        found = actions.save_application(
            account, kind=form.kind, texts=form.texts(), artist=artist, agreed=form.agreed, now=now
        )
        if sending:
            actions.send_application(found, now=now)
            messages.success(
                request, "Sent. You get a mail when it is decided; most answers take a few days."
            )
        else:
            messages.success(request, "Draft saved. Nobody sees it before you send it.")
    except NotNow as reason:
        form.add_error(None, str(reason))
        return None
    return found


def begin_proof(form: ProofForm, found: Application) -> bool:
    """Begins the proof of the form; what is not possible is said in the form, and False is the answer."""
    try:
        actions.add_proof(found, now=clock.now(), **form.cleaned_data)
    except NotNow as reason:
        form.add_error("place", str(reason))
        return False
    return True


def change_files(request: HttpRequest, found: Application, *, now: datetime) -> None:
    """Adds the uploaded file, or removes the one that is named.

    Raises:
        NotNow, Refused: said in a sentence.
    """
    if "remove" in request.POST:
        for gone in found.attachments.filter(pk=number_in(request.POST["remove"]) or 0):
            actions.remove_attachment(gone)
        return
    chosen = sent_in(request, "file")
    if not chosen:
        raise Refused("Choose a file first.")
    for file in chosen[:1]:
        actions.attach_file(found, path=file.path, file_name=file.name, media_type=file.media_type, now=now)


def _problem(form: ApplicationForm, account: Account) -> str:
    artist = form.cleaned_data.get("artist")
    if form.kind != "verify" or artist is None:
        return ""
    mine = Member.objects.filter(account=account, artist=artist)
    return "" if mine.exists() else "This is not a profile of yours. Claim it first."
