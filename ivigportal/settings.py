from pathlib import Path
from typing import Any

import environ
from csp.constants import NONCE, NONE, SELF
from django.contrib.messages import constants as levels
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()

DEBUG: bool = env.bool("DEBUG", default=True)
SECRET_KEY: str = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured("Set SECRET_KEY: production has no default key.")
    SECRET_KEY = "for-local-development-only"  # noqa: S105
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "criteria",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "bootstrap",
    "crispy_forms",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "ivigportal.middleware.OnlyForms",
    "ivigportal.middleware.MethodPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "ivigportal.urls"
WSGI_APPLICATION = "ivigportal.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "criteria.screens.review.nav.menu",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "ivig"
CRISPY_TEMPLATE_PACK = "ivig"
# Widgets of the template pack lie beside the other templates.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_FAIL_SILENTLY = not DEBUG
# Bootstrap's names for the two levels it calls something else.
MESSAGE_TAGS = {levels.ERROR: "danger", levels.DEBUG: "secondary"}


def database(url_default: str) -> dict[str, Any]:
    config: dict[str, Any] = env.db_url("DATABASE_URL", default=url_default)
    if config["ENGINE"] == "django.db.backends.sqlite3":
        # Without these three, concurrent writers fail with "database is locked".
        config["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        config["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
        config["CONN_HEALTH_CHECKS"] = True
    return config


DATABASES = {"default": database(f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counts tries. In a process's own memory each process counts for itself.
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"
SESSION_COOKIE_AGE: int = env.int("SESSION_COOKIE_AGE", default=12 * 60 * 60)

LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = ["ivigportal.formats"]
TIME_ZONE: str = env.str("TIME_ZONE", default="America/New_York")
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_USE_FINDERS = DEBUG

FILE_UPLOAD_PERMISSIONS = 0o600
# The first one stops what is too large for the disk; files are never kept in memory.
FILE_UPLOAD_HANDLERS = [
    "criteria.requests.enclosures.uploading.StoppingUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Everything one form may send, and what the documents of a request may hold.
UPLOAD_MB: int = env.int("UPLOAD_MB", default=128)
ENCLOSURE_FILE_MB: int = env.int("ENCLOSURE_FILE_MB", default=20)
ENCLOSURE_REQUEST_MB: int = env.int("ENCLOSURE_REQUEST_MB", default=100)
ENCLOSURE_FILE_PAGES: int = env.int("ENCLOSURE_FILE_PAGES", default=200)
ENCLOSURE_REQUEST_PAGES: int = env.int("ENCLOSURE_REQUEST_PAGES", default=500)
ENCLOSURE_IMAGE_MEGAPIXELS: int = env.int("ENCLOSURE_IMAGE_MEGAPIXELS", default=50)
ENCLOSURE_PAGE_INCHES: int = env.int("ENCLOSURE_PAGE_INCHES", default=200)
# What the process that checks a document may take: seconds of a processor, and memory.
ENCLOSURE_CHECK_SECONDS: int = env.int("ENCLOSURE_CHECK_SECONDS", default=10)
ENCLOSURE_CHECK_MB: int = env.int("ENCLOSURE_CHECK_MB", default=1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 50

# Another person than the last editor publishes an edition, after a review.
POLICY_SECOND_PERSON: bool = env.bool("POLICY_SECOND_PERSON", default=True)
PACKET_PAGE_SIZE: str = env.str("PACKET_PAGE_SIZE", default="Letter")
# A PKCS #12 file; with it packets and letters are signed as they are issued.
PACKET_SIGNING_P12: str = env.str("PACKET_SIGNING_P12", default="")
PACKET_SIGNING_PASSPHRASE: str = env.str("PACKET_SIGNING_PASSPHRASE", default="")
# What readers of packets and letters are told to open, such as https://portal.example.org.
SITE_URL: str = env.str("SITE_URL", default="")
# Of one address, on the page everybody may check packets on.
VERIFY_TRIES_PER_MINUTE: int = env.int("VERIFY_TRIES_PER_MINUTE", default=20)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT: bool = env.bool("SECURE_SSL_REDIRECT", default=not DEBUG)
SECURE_HSTS_SECONDS: int = env.int("SECURE_HSTS_SECONDS", default=0 if DEBUG else 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEBUG
SECURE_HSTS_PRELOAD = not DEBUG
SESSION_COOKIE_SECURE = not DEBUG
CSRF_COOKIE_SECURE = not DEBUG
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "logging.Formatter" if DEBUG else "ivigportal.log.FramesOnlyFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    # Libraries tell their progress: fontTools a screen for each font where HarfBuzz is missing.
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Replaces Django's own handlers: its error mail would carry the posted form.
    # WeasyPrint repeats text of the packet in its warnings.
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "criteria": {"level": "INFO"},
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"handlers": [], "level": "ERROR", "propagate": False},
    },
}
