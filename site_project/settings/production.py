"""A server. What differs between servers comes from the environment; docs/settings.md lists the variables.

Refuses to start, with a sentence that says what to do, when SECRET_KEY, ALLOWED_HOSTS or HELPDESK_BASE_URL
is missing. What only makes sense over https follows from the scheme of HELPDESK_BASE_URL, so the same
settings can be tried at http://127.0.0.1.
"""

from site_project.settings import demands
from site_project.settings.base import *
from site_project.settings.base import MIDDLEWARE, STORAGES, env

DEBUG = False
SECRET_KEY = demands.secret_key(env)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # older keys: their links still work
ALLOWED_HOSTS = demands.allowed_hosts(env)
HELPDESK_BASE_URL = demands.base_url(env, ALLOWED_HOSTS)
WAGTAILADMIN_BASE_URL = HELPDESK_BASE_URL

# --- https --------------------------------------------------------------------------------------------------

OVER_HTTPS = HELPDESK_BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = OVER_HTTPS
CSRF_COOKIE_SECURE = OVER_HTTPS
LANGUAGE_COOKIE_SECURE = OVER_HTTPS
if OVER_HTTPS:
    # Browsers take cookies of these names from this very host alone, never from a neighbour in its domain.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    LANGUAGE_COOKIE_NAME = "__Host-language"
# A year, below which the promise protects nobody who comes rarely. It can be taken back only as slowly, so
# whoever tries https out begins with HSTS_SECONDS=300. Hosts below this one are promised only where
# somebody who knows them all says so.
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=365 * 24 * 60 * 60) if OVER_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", default=False)
CSRF_TRUSTED_ORIGINS = [HELPDESK_BASE_URL, *env.list("CSRF_TRUSTED_ORIGINS", default=[])]

# Only an operator knows whether the server in front sets this header and removes it from what visitors send.
# Example: PROXY_SSL_HEADER=X-Forwarded-Proto. Without it Django cannot see https behind a proxy, and a
# redirect to https would turn in circles; so the redirect depends on it.
PROXY_SSL_HEADER = env.str("PROXY_SSL_HEADER", default="")
if PROXY_SSL_HEADER:
    SECURE_PROXY_SSL_HEADER = ("HTTP_" + PROXY_SSL_HEADER.upper().replace("-", "_"), "https")
SECURE_SSL_REDIRECT = OVER_HTTPS and bool(PROXY_SSL_HEADER)

# --- Files --------------------------------------------------------------------------------------------------

# Names carry a hash of the content, so browsers may keep them for ever and never show a stale stylesheet.
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
MIDDLEWARE.insert(
    MIDDLEWARE.index("django.middleware.security.SecurityMiddleware") + 1,
    "whitenoise.middleware.WhiteNoiseMiddleware",
)
# After it: static files are compressed once, when they are collected; pages when they are answered.
MIDDLEWARE.insert(
    MIDDLEWARE.index("whitenoise.middleware.WhiteNoiseMiddleware") + 1,
    "site_project.middleware.CompressTextMiddleware",
)
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=False)

# --- Mail ---------------------------------------------------------------------------------------------------

# Without EMAIL_URL: the mail server of this machine. If there is none, messages wait in the outbox.
vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
