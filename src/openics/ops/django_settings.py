"""Django's settings, derived from ours."""

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.urls import reverse_lazy

from openics.exchange.policy import Policy
from openics.ops.settings import settings

_settings = settings()


def _kept_secret(path: Path) -> str:
    """A random key, made once and readable by us alone."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def _database(url: str) -> dict[str, Any]:
    parts = urlsplit(url or "postgresql:///openics")
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", parts.hostname or "")
    user = query.pop("user", unquote(parts.username or ""))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": user,
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": {**query, "application_name": "openics"},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


SECRET_KEY = _settings.secret_key or _kept_secret(_settings.home / "secret-key")
DEBUG = _settings.debug
DECISION_PATIENCE = 5.0  # seconds that a page waits for a decision before it shows the submission as under way
TEST_ENVIRONMENT = _settings.test
GATEWAY_ADDRESS = _settings.gateway_address
PKI_DIRECTORY = _settings.home / "pki"
GATEWAY_DIRECTORY = _settings.home / "pki" / "gateway"
WEBHOOKS_PRIVATE = _settings.webhooks_private
IDENTITY_DETAILS_KEPT = _settings.identity_details_kept
TRUST_DIRECTORY = _settings.home / "pki" / "trust"
REVOCATION_REQUIRED = _settings.revocation_required
REVOCATION_STALE = _settings.revocation_stale
LEGACY_ALGORITHMS = _settings.legacy_algorithms
PROXY_SECRET = _settings.proxy_secret
PROXY_ADDRESSES = frozenset(each.strip() for each in _settings.proxy_addresses.split(",") if each.strip())
SIGN_IN_POLICIES = frozenset(each.strip() for each in _settings.sign_in_policies.split(",") if each.strip())
MAX_MAIL_BYTES = _settings.max_mail_bytes
EXCHANGE_POLICY = Policy(
    customs_site=_settings.customs_site,
    test=_settings.test,
    resend_after=_settings.resend_after,
    resend_attempts=_settings.resend_attempts,
)
API_REQUESTS_PER_MINUTE = _settings.api_requests_per_minute
API_LARGEST_INTERCHANGE = _settings.max_interchange_bytes
PUBLIC_URL = _settings.web_url or f"http://localhost:{_settings.web_port}"
ALLOWED_HOSTS = [urlsplit(PUBLIC_URL).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
DATABASES = {"default": _database(_settings.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "openics.Person"
ROOT_URLCONF = "openics.ops.urls"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-au"
USE_I18N = False

INSTALLED_APPS = [
    "openics.apps.OpenICSConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "openics.channels.proxy.TrustedProxy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "openics.channels.sign_in.middleware.LiveSession",
    "openics.channels.interactive.middleware.SecondFactor",
    "openics.channels.interactive.middleware.IdleTimeout",
]

_CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parents[1] / "channels" / "interactive" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "openics.channels.interactive.jinja.environment",
            "context_processors": _CONTEXT_PROCESSORS,
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT_PROCESSORS},
    },
]

STATIC_URL = "/static/"
STATICFILES_DIRS = [Path(__file__).parents[1] / "channels" / "interactive" / "static"]
WHITENOISE_USE_FINDERS = True
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},  # a full cache would forget used one-time codes
    }
}

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("messages")
CSRF_FAILURE_VIEW = "openics.channels.interactive.pages.errors.csrf_failure"
ACCOUNT_ADAPTER = "openics.channels.interactive.adapters.AccountAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = reverse_lazy("home")
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/300s/key", "login_failed_account": "50/h/key"}
MFA_ADAPTER = "openics.channels.interactive.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are made by customs, which knows the address
MFA_TOTP_ISSUER = "OpenICS"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = urlsplit(PUBLIC_URL).scheme == "http"

SESSION_COOKIE_AGE = 20 * 60
SESSION_COOKIE_NAME = "openics_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = urlsplit(PUBLIC_URL).scheme == "https"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
LOGGING_CONFIG = None
