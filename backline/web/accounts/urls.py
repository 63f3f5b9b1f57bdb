"""allauth's addresses. What gives an account a new way in asks again who it is, whoever asks."""

from allauth.account import views as account
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import include, path

from backline.web.step_up import fresh_sign_in_required, fresh_sign_in_to_send

# The same addresses as below, found first: the library lets an account pass that has no password, and asks nobody
# before the address changes that a new password is sent to.
NEW_WAYS_IN = [
    path("email/", fresh_sign_in_to_send(account.email), name="account_email"),
    path("password/set/", fresh_sign_in_required(account.password_set), name="account_set_password"),
    path("2fa/totp/activate/", fresh_sign_in_required(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/webauthn/add/", fresh_sign_in_required(webauthn.add_webauthn), name="mfa_add_webauthn"),
]

urlpatterns = [
    *NEW_WAYS_IN,
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
