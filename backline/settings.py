"""Django settings. Values come from the environment through `backline.env`; docs/settings.md lists them all."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from backline import env
from backline.core.secrets import secret_key
from backline.integrations.oidc import provider_of

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(__file__).resolve().parent
DATA = Path(env.text("BACKLINE_DATA", str(ROOT / "var"))).resolve()

DEBUG = env.flag("BACKLINE_DEBUG", default=False)
SECRET_KEY = env.text("BACKLINE_SECRET_KEY") or secret_key(DATA / "secret.key")
PORT = env.number("BACKLINE_PORT", 8000)
PUBLIC_URL = env.text("BACKLINE_PUBLIC_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.words("BACKLINE_HOSTS")]
if _host := urlsplit(PUBLIC_URL).hostname:
    ALLOWED_HOSTS.append(_host)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
BEHIND_TLS = PUBLIC_URL.startswith("https://")
TRUSTED_PROXY_HOPS = env.number("BACKLINE_TRUSTED_PROXY_HOPS", 0)
COUNTRY_HEADER = env.text("BACKLINE_COUNTRY_HEADER")
HOSTING_NETWORKS = env.text("BACKLINE_HOSTING_NETWORKS")

# The product's own settings
REPORTING_ZONE = env.text("BACKLINE_REPORTING_ZONE", "UTC")
OPEN_PRODUCER_SIGNUP = env.flag("BACKLINE_OPEN_PRODUCER_SIGNUP", default=True)
POOL_MIN_ACCOUNTS = env.number("BACKLINE_POOL_MIN_ACCOUNTS", 5)
POOL_UNPLAYED_COUNTS = env.flag("BACKLINE_POOL_UNPLAYED_COUNTS", default=False)
POOL_NEW_BEATS = env.number("BACKLINE_POOL_NEW_BEATS", 20)
PAYOUT_MINIMUMS = env.words("BACKLINE_PAYOUT_MINIMUMS")
NOT_SET_UP = env.text("BACKLINE_NOT_SET_UP", "hold")
HOLD_EXPIRES_DAYS = env.number("BACKLINE_HOLD_EXPIRES_DAYS", 0)
SALE_HOLD_DAYS = env.number("BACKLINE_SALE_HOLD_DAYS", 7)
SETTLE_ON_DAY = env.number("BACKLINE_SETTLE_ON_DAY", 10)
DNS_SERVER = env.text("BACKLINE_DNS_SERVER")
TERMS_URL, PRIVACY_URL = env.text("BACKLINE_TERMS_URL"), env.text("BACKLINE_PRIVACY_URL")
APPEAL_DAYS = env.number("BACKLINE_APPEAL_DAYS", 14)
UPLOAD_MINUTES = env.number("BACKLINE_UPLOAD_MINUTES", 600)
UPLOAD_GIGABYTES = env.number("BACKLINE_UPLOAD_GIGABYTES", 10)
NAME_WORDS = env.words("BACKLINE_NAME_WORDS")
UPLOADS_A_DAY = env.number("BACKLINE_UPLOADS_A_DAY", 50)
VOICE_TAG_EVERY_S = env.number("BACKLINE_VOICE_TAG_EVERY_S", 20)
STRIPE_KEY = env.text("BACKLINE_STRIPE_KEY")
STRIPE_URL = env.text("BACKLINE_STRIPE_URL").rstrip("/")
STRIPE_COUNTRY = env.text("BACKLINE_STRIPE_COUNTRY", "NL").upper()
STRIPE_TIMEOUT_S = env.number("BACKLINE_STRIPE_TIMEOUT_S", 20)
STRIPE_WEBHOOK_SECRETS = env.words("BACKLINE_STRIPE_WEBHOOK_SECRETS")
STRIPE_THIN_SECRETS = env.words("BACKLINE_STRIPE_THIN_SECRETS")
PLAN_FEE_PERCENT = env.number("BACKLINE_PLAN_FEE_PERCENT", 25)
FILES_ROOT = DATA / "files"
LISTENING_URL = env.text("LISTENING_URL", f"sqlite:///{DATA / 'listening.sqlite3'}")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "backline.core",
    "backline.outbox",
    "backline.people",
    "backline.catalog",
    "backline.audience",
    "backline.ledger",
    "backline.listening",
    "backline.shop",
    "backline.money",
    "backline.standing",
    "backline.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "backline.web.middleware.RequestIdMiddleware",
    "backline.web.clean_text.CleanTextMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "backline.web.middleware.WelcomeMiddleware",
    "backline.web.middleware.StaffTwoFactorMiddleware",
    "backline.web.view_as.middleware.ViewAsMiddleware",
    "backline.web.middleware.StandingMiddleware",
    "backline.web.palette.noting.NotingMiddleware",
    "backline.web.middleware.LanguageMiddleware",
    "backline.web.middleware.WrongMethodMiddleware",
]

ROOT_URLCONF = "backline.web.urls"
WSGI_APPLICATION = "backline.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web", PACKAGE / "web" / "accounts"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "backline.web.templating.environment",
            "context_processors": ["backline.web.render.common_context"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def _database(url: str) -> dict[str, object]:
    """Django's connection settings for `sqlite:///path` or `postgresql://user:password@host:port/name`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "backline.core.sqlite",
            "NAME": parts.path.removeprefix("/") if parts.path.startswith("//") else parts.path,
            "OPTIONS": {
                "timeout": 20,
                # IMMEDIATE takes the write lock at the start: a transaction never fails half-way with "locked".
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000;"
                "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=67108864;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
    }


DATABASES = {
    "default": _database(env.text("DATABASE_URL", f"sqlite:///{DATA / 'backline.sqlite3'}"))
    | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": False},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/dashboard/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "backline.web.accounts.forms.NameForm"
ACCOUNT_EMAIL_VERIFICATION = env.text("BACKLINE_EMAIL_VERIFICATION", "mandatory")
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if BEHIND_TLS else "http"
ACCOUNT_ADAPTER = "backline.web.accounts.adapter.Adapter"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600  # seconds; what changes money or security asks for the password again
MFA_ADAPTER = "backline.web.accounts.adapter.TwoFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "backline.web.accounts.passkeys.AddForm",
    "authenticate_webauthn": "backline.web.accounts.passkeys.SecondFactorForm",
    "login_webauthn": "backline.web.accounts.passkeys.SignInForm",
    "reauthenticate_webauthn": "backline.web.accounts.passkeys.ConfirmForm",
}
MFA_TOTP_ISSUER = "Backline"
MFA_TOTP_TOLERANCE = 1  # a clock that is off by one code
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Browsers treat loopback as a secure place although it is plain HTTP.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BEHIND_TLS
STAFF_TWO_FACTOR = env.flag("BACKLINE_STAFF_TWO_FACTOR", default=BEHIND_TLS)
OIDC = provider_of(
    env.text("BACKLINE_OIDC_ISSUER"),
    client_id=env.text("BACKLINE_OIDC_CLIENT_ID"),
    secret=env.text("BACKLINE_OIDC_CLIENT_SECRET"),
    name=env.text("BACKLINE_OIDC_NAME"),
    in_public=BEHIND_TLS,
)
SOCIALACCOUNT_ADAPTER = "backline.web.sign_in_provider.adapter.ProviderAdapter"
# An address that a provider vouches for opens no account that is here already: its person links it, signed in.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False

EMAIL_BACKEND = env.text("BACKLINE_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = env.text("BACKLINE_SMTP_HOST", "localhost")
EMAIL_PORT = env.number("BACKLINE_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("BACKLINE_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("BACKLINE_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("BACKLINE_SMTP_TLS", default=False)
DEFAULT_FROM_EMAIL = env.text("BACKLINE_MAIL_FROM", "Backline <noreply@localhost>")

# Language, time
LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_ROOT},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# An upload streams to disk next to where it will stay, so that keeping it is a rename.
FILE_UPLOAD_TEMP_DIR = DATA / "files" / "incoming"
FILE_UPLOAD_TEMP_DIR.mkdir(parents=True, exist_ok=True)
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF, STRIPE_URL or "https://*.stripe.com"],
        "frame-ancestors": [SELF],
    }
}
SESSION_ENGINE = "backline.web.sessions"
SESSION_COOKIE_NAME = "backline_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_NAME = "backline_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "backline.web.errors.views.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
if BEHIND_TLS and TRUSTED_PROXY_HOPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("BACKLINE_LOG_LEVEL", "INFO")},
    # A 404 is an answer, not an event; the request log has it.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "ERROR"},
        "stripe": {"level": "WARNING"},
    },
}
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]
