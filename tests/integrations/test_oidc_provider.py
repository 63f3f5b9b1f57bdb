"""Which providers the settings may name."""

from __future__ import annotations

import pytest

from backline.integrations.oidc import Provider, provider_of


def named(issuer: str, *, client_id: str = "backline", in_public: bool = False) -> Provider | None:
    return provider_of(issuer, client_id=client_id, secret="s", name="", in_public=in_public)


def test_without_settings_there_is_none():
    assert named("", client_id="") is None


def test_the_button_says_the_host_when_it_has_no_name():
    found = named("https://id.example.org/realms/label", in_public=True)
    assert found is not None
    assert (found.name, found.key) == ("id.example.org", "id.example.org/realms/label")


@pytest.mark.parametrize(
    "issuer",
    ["http://id.example.org", "ftp://id.example.org", "id.example.org", "https://", "https://id.example.org/?a=b",
     "https://id.example.org/#a", "http://10.0.0.8", f"https://id.example.org/{'x' * 200}"],
)  # fmt: skip
def test_an_address_that_cannot_be_trusted_is_refused_by_name(issuer: str):
    with pytest.raises(ValueError, match="BACKLINE_OIDC_ISSUER"):
        named(issuer)


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:9000", "http://localhost:9000", "http://[::1]:9000"])
def test_without_tls_only_this_machine_and_not_in_public(issuer: str):
    assert named(issuer) is not None
    with pytest.raises(ValueError, match="https"):
        named(issuer, in_public=True)


@pytest.mark.parametrize(("issuer", "client_id"), [("https://id.example.org", ""), ("", "backline")])
def test_half_a_setting_is_refused(issuer: str, client_id: str):
    with pytest.raises(ValueError, match="BACKLINE_OIDC_CLIENT_ID"):
        named(issuer, client_id=client_id)
