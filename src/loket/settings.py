"""Every setting of the program, each read once. docs/operating/settings.md lists them for operators."""

import hashlib
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from loket import env

PACKAGE = Path(__file__).parent
env.check_names()
HOME = env.home()
env.load_file(HOME / "loket.env")

DEBUG = env.boolean("LOKET_DEBUG", False)
SECRET_KEY = env.secret("LOKET_SECRET_KEY", HOME / "secret.key")
# Monitors and proxies on the machine itself always get an answer.
ALLOWED_HOSTS = [*env.words("LOKET_HOSTS"), "localhost", "127.0.0.1", "[::1]"]
# Where links in mails point; never taken from a request's Host header. Where nothing is set it follows the
# port that is served at (commands.serve).
BASE_URL_UNSET = not env.text("LOKET_BASE_URL")
BASE_URL = env.text("LOKET_BASE_URL").rstrip("/") or env.HERE.format(port=8000)
# How long a link in a mail fills in its reader's address at the sign-in.
MAIL_LINK_DAYS = env.integer("LOKET_MAIL_LINK_DAYS", 30, least=0, most=365)
HTTPS = BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if HTTPS else []
# How many proxies stand in front and may name the client's address (0: none).
TRUSTED_PROXIES = env.integer("LOKET_TRUSTED_PROXIES", 0, least=0, most=5)
# The demo marks itself on every page and shows its accounts.
DEMO = env.boolean("LOKET_DEMO", False)
# Accounts at this address were invented; in the demo, and only there, one click signs them in.
DEMO_DOMAIN = "demo.example"
# In the default form the worker runs as a thread of the server.
WORKER_THREAD = env.boolean("LOKET_WORKER_THREAD", True)
PAGE_THREADS = env.integer("LOKET_THREADS", 8, least=1, most=64)
# More where the database is so far away that a page mostly waits for it.
PAGES_AT_ONCE = env.integer("LOKET_PAGES_AT_ONCE", 1, least=1, most=64)

DATABASES = {"default": env.database("LOKET_DATABASE", HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = HOME / "files"
# The socket of ClamAV's daemon, a path or host:port; empty: attached files are taken as they are.
CLAMD = env.text("LOKET_CLAMD", "")
# The search index: made from the database, and made again when it is missing.
LIBRARY_INDEX = HOME / "index"
# The catalogue of the national statistics office; the key is part of addresses and never logged.
WEBAPI_URL = env.text("LOKET_WEBAPI_URL", "https://webapi.bps.go.id/v1")
WEBAPI_KEY = env.text("LOKET_WEBAPI_KEY")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "loket.base",
    "loket.offices",
    "loket.people",
    "loket.outbox",
    "loket.live",
    "loket.library",
    "loket.consultations",
    "loket.visits",
    "loket.feedback",
    "loket.privacy",
    "loket.reports",
    "loket.screens",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "loket.base.middleware.SafeHeaders",
    "loket.base.middleware.PlainMethods",
    "loket.base.middleware.CompressedStatics",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "loket.base.middleware.PlainCookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "loket.base.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "loket.base.middleware.Messages",
    "allauth.account.middleware.AccountMiddleware",
    "loket.screens.errors.ExplainedPresses",
]

ROOT_URLCONF = "loket.urls"
WSGI_APPLICATION = None

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "loket.screens.context.page",
            ],
            "builtins": ["loket.screens.templatetags.loket"],
        },
    }
]
FORM_RENDERER = "loket.screens.forms.Renderer"

# Holds allauth's counts of codes that were asked for, so it is one for all processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "base_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    # What each process may render again at any time, such as the picture of a hall.
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
# Questions to the API a minute from one address.
API_PER_MINUTE = env.integer("LOKET_API_PER_MINUTE", 300, least=1, most=100_000)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["loket.people.signing_in.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account-home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
SESSION_ENGINE = "loket.people.signing_in"
SESSION_COOKIE_NAME = "loket_session"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "loket.screens.errors.csrf_failure"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "loket_language"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
# Instants are stored in UTC; which day and hour it is comes from the office's own zone.
TIME_ZONE = "UTC"

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("LOKET_SMTP_HOST", "")
EMAIL_PORT = env.integer("LOKET_SMTP_PORT", 587, least=1, most=65535)
EMAIL_HOST_USER = env.text("LOKET_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("LOKET_SMTP_PASSWORD")
EMAIL_USE_TLS = env.boolean("LOKET_SMTP_STARTTLS", False)
EMAIL_USE_SSL = env.boolean("LOKET_SMTP_TLS", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.sender("LOKET_MAIL_FROM", "loket@localhost")


def _fingerprint(folder: Path) -> str:
    """One short name for the whole set of static files, so that browsers may keep them for ever."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "loket.base.statics.Statics"},
}
STATICFILES_DIRS = [PACKAGE / "static"]
STATIC_URL = f"/static/{_fingerprint(PACKAGE / 'static')}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG


def WHITENOISE_IMMUTABLE_FILE_TEST(path: str, url: str) -> bool:  # noqa: N802 - WhiteNoise's name
    return url.startswith(STATIC_URL)


SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Nobody learns from us which addresses have an account, also not by a mail to strangers.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# The doors that can be tried again and again have one limiter. A pairing code is one of 31^6 and lives
# 15 minutes: ten tries in five minutes need centuries to meet one. A visitor's code is one of 31^8 and
# lives as long as the guest book; the hall's kiosks share an address and are counted one by one.
ACCOUNT_RATE_LIMITS = {
    # "key" is the address: nobody's mailbox is filled with codes by others.
    "request_login_code": "20/m/ip,5/5m/key,10/h/key",
}
RATE_LIMITS = {
    "pair_device": "10/5m/ip",
    "visitor_code": "30/10m/ip",
    # Questions and messages of one account, and of one network address.
    "ask": "10/h/user,60/h/ip",
    "reply": "30/10m/user,120/10m/ip",
    # A complaint's code and secret: 31^8 times 31^10, and nothing says which of the two was wrong.
    "complaint_follow": "10/10m/ip",
    "complaint_file": "20/h/ip",
    "complaint_reply": "30/10m/ip",
    "upload": "60/10m/user,200/10m/ip",
    "visitor_code_at_kiosk": "30/10m/key",
}
ACCOUNT_ADAPTER = "loket.screens.account.adapter.Adapter"
ACCOUNT_FORMS = {
    "request_login_code": "loket.screens.account.forms.AddressForm",
    "confirm_login_code": "loket.screens.account.forms.CodeForm",
}
# Supervisors and administrators need a passkey or an app code besides the mailed code.
REQUIRE_2FA = env.boolean("LOKET_REQUIRE_2FA", not DEMO)
MFA_ADAPTER = "loket.screens.account.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "loket.screens.account.forms.SecondCodeForm",
    "reauthenticate": "loket.screens.account.forms.AgainForm",
    "activate_totp": "loket.screens.account.forms.AppForm",
    "add_webauthn": "loket.screens.account.forms.PasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# One step of 30 seconds to either side: phones and servers seldom agree to the second.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Loket"

LOG_LEVEL = env.choice("LOKET_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "loket.base.logs.OneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        # Scanners send any Host; each would write a traceback.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # So would whoever sends more than a form takes; they are told (413).
        "django.security.RequestDataTooBig": {"level": "CRITICAL"},
        "django.security.TooManyFieldsSent": {"level": "CRITICAL"},
        "django.security.TooManyFilesSent": {"level": "CRITICAL"},
    },
}
