"""What production cannot guess: asked of the environment, with a sentence for whoever forgot it."""

from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

SECRET_KEY_MIN_LENGTH = 32


def secret_key(env: environ.Env) -> str:
    """Return SECRET_KEY; raise ImproperlyConfigured if it is unset or too short to be one."""
    key = env.str("SECRET_KEY", default="")
    if len(key) < SECRET_KEY_MIN_LENGTH:
        raise ImproperlyConfigured(
            f"SECRET_KEY is unset or shorter than {SECRET_KEY_MIN_LENGTH} characters. It signs sessions and "
            "tracking links, so nobody may guess it. Set it to a long random text and keep it: "
            '`python -c "import secrets; print(secrets.token_urlsafe(50))"` makes one.'
        )
    return key


def allowed_hosts(env: environ.Env) -> list[str]:
    """Return ALLOWED_HOSTS; raise ImproperlyConfigured if it names no host."""
    hosts = [host.strip() for host in env.list("ALLOWED_HOSTS", default=[]) if host.strip()]
    if not hosts:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS is unset. Without it the site would answer under a name that a stranger made up. "
            "Set it to the host names of this site, separated by commas, for instance helpdesk.example.go.id"
        )
    return hosts


def base_url(env: environ.Env, hosts: list[str]) -> str:
    """Return the public address of the site without a slash at its end.

    Raise ImproperlyConfigured if HELPDESK_BASE_URL is unset, is not an address like https://host, or
    names a host that the site would not answer to.
    """
    address = env.str("HELPDESK_BASE_URL", default="").rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(
            "HELPDESK_BASE_URL is unset or is not the address of a site. Links in mails are built from it, "
            "never from a visitor's request. Set HELPDESK_BASE_URL to scheme and host: "
            "https://helpdesk.example.go.id"
        )
    if not validate_host(parts.hostname, hosts):
        raise ImproperlyConfigured(
            f"HELPDESK_BASE_URL names the host {parts.hostname}, which is not in ALLOWED_HOSTS, so the links "
            "in mails would lead to an error. Add it to ALLOWED_HOSTS or correct HELPDESK_BASE_URL."
        )
    return address
