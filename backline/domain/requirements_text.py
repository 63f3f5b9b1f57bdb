"""What Stripe asks for, in plain words. The codes are paths of fields; the longest known beginning decides."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    """What is asked for, and why it is needed."""

    text: str
    why: str


_IDENTITY = "Stripe must know who is paid."
_BANK = "Payouts go there."
_WORDS = {
    "configuration.recipient.default_outbound_destination": Wanted("A bank account for payouts", _BANK),
    "default_outbound_destination": Wanted("A bank account for payouts", _BANK),
    "external_account": Wanted("A bank account for payouts", _BANK),
    "bank_account": Wanted("A bank account for payouts", _BANK),
    "identity.individual.verification": Wanted("A photo of your identity document", _IDENTITY),
    "identity.individual.documents": Wanted("A photo of your identity document", _IDENTITY),
    "identity.individual.given_name": Wanted("Your first name", _IDENTITY),
    "identity.individual.surname": Wanted("Your last name", _IDENTITY),
    "identity.individual.date_of_birth": Wanted("Your date of birth", _IDENTITY),
    "identity.individual.address": Wanted("Your address", _IDENTITY),
    "identity.individual.email": Wanted("Your e-mail address", "Stripe writes to it about payouts."),
    "identity.individual.phone": Wanted("Your phone number", "Stripe signs you in with it."),
    "identity.individual.id_numbers": Wanted("A tax or identity number", _IDENTITY),
    "identity.individual": Wanted("Details about you", _IDENTITY),
    "identity.business_details": Wanted("Details about your business", _IDENTITY),
    "identity.entity_type": Wanted("Whether you are a person or a business", _IDENTITY),
    "identity.attestations.terms_of_service": Wanted("Your agreement to Stripe's terms", "Needed before it may pay."),
    "identity.attestations": Wanted("A confirmation of who represents the business", _IDENTITY),
    "identity.country": Wanted("Your country", _IDENTITY),
    "defaults.profile": Wanted("What you do, and where it can be seen", "Stripe must know what the money is for."),
    "representative": Wanted("Who represents the business", _IDENTITY),
    "person": Wanted("Details about a person of the business", _IDENTITY),
    "contact_email": Wanted("Your e-mail address", "Stripe writes to it about payouts."),
}  # fmt: skip
OTHER = Wanted("A detail that Stripe names in its form", "Open the form to see it.")

REASONS = {
    "requirements_past_due": "Stripe waited for something that is now overdue.",
    "requirements_pending_verification": "Stripe is checking what you gave.",
    "determining_status": "Stripe is checking what you gave.",
    "unsupported_country": "Stripe does not serve this country for this platform.",
    "unsupported_business": "Stripe does not pay this kind of business.",
    "unsupported_entity_type": "Stripe does not pay this kind of legal entity.",
}
REJECTED = "Stripe rejected the account. Its support can say why; this platform cannot overrule it."


def wanted(code: str) -> Wanted:
    """What a code asks for.

    >>> wanted("identity.individual.date_of_birth.year").text
    'Your date of birth'
    >>> wanted("something.new").text
    'A detail that Stripe names in its form'
    """
    parts = code.split(".")
    for end in range(len(parts), 0, -1):
        if found := _WORDS.get(".".join(parts[:end])):
            return found
    return OTHER


def reason(code: str) -> str:
    """Why a capability is not active, as a sentence; nothing when there is nothing to say.

    >>> reason("rejected_fraud") == REJECTED
    True
    """
    return REJECTED if code.startswith("rejected") else REASONS.get(code, "")
