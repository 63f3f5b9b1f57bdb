"""What the sign-in library calls a change of an account, in our words."""

OTHERWISE = "changed how the account signs in"

CHANGES = {
    "account/email/password_changed": "changed the password",
    "account/email/password_reset": "chose a new password by the link in a mail",
    "account/email/password_set": "set a password",
    "account/email/email_changed": "changed the e-mail address",
    "account/email/email_deleted": "removed an e-mail address",
    "mfa/email/totp_activated": "switched the authenticator app on",
    "mfa/email/totp_deactivated": "switched the authenticator app off",
    "mfa/email/recovery_codes_generated": "made new recovery codes",
    "mfa/email/webauthn_added": "added a passkey",
    "mfa/email/webauthn_removed": "removed a passkey",
}
