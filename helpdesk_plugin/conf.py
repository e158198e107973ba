"""The plugin's Django settings, read when asked so that tests and sites may change them.

What an agency edits lives in the admin (`models.site_settings`); here stand only secrets, paths and
choices of whoever runs the server.
"""

import hashlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import get_script_prefix


@dataclass(frozen=True)
class TrackingKey:
    """A server key from which tracking codes derive; ``key_id`` is its public fingerprint."""

    key_id: str
    secret: bytes


@dataclass(frozen=True)
class Scanner:
    """Where clamd listens: the path of its socket, or host and port."""

    address: str | tuple[str, int]


def base_template() -> str:
    """Template that the public pages extend (HELPDESK_BASE_TEMPLATE)."""
    return getattr(settings, "HELPDESK_BASE_TEMPLATE", "helpdesk_plugin/base.html")


def content_language() -> str:
    """Language of the agency's own words and of its official documents (HELPDESK_CONTENT_LANGUAGE).

    Indonesian unless the site says otherwise, whatever its first language: that is what setup seeds.
    """
    return getattr(settings, "HELPDESK_CONTENT_LANGUAGE", "") or "id"


def base_url() -> str:
    """Public address of the help desk's site, without a trailing slash, for links in mails.

    Never taken from a request, whose Host header a stranger chooses. HELPDESK_BASE_URL, else
    WAGTAILADMIN_BASE_URL. Raises ImproperlyConfigured when neither is set.
    """
    found = getattr(settings, "HELPDESK_BASE_URL", "") or getattr(settings, "WAGTAILADMIN_BASE_URL", "")
    if not found:
        raise ImproperlyConfigured(
            "HELPDESK_BASE_URL is not set. Links in mails need the public address of the site; "
            "set it to something like https://diskominfo.example.go.id."
        )
    return found.rstrip("/")


def public_address(path: str) -> str:
    """The whole address of a path that `reverse` has made, for requesters. Raises ImproperlyConfigured."""
    return _joined(base_url(), path)


def admin_address(path: str) -> str:
    """The whole address of a screen of the admin: WAGTAILADMIN_BASE_URL, else the help desk's own site.

    With several sites officers may work under another host than the one that requesters know.
    Raises ImproperlyConfigured.
    """
    return _joined(getattr(settings, "WAGTAILADMIN_BASE_URL", "").rstrip("/") or base_url(), path)


def _joined(base: str, path: str) -> str:
    """Base and path; a prefix that stands in both (FORCE_SCRIPT_NAME) is written once."""
    prefix = get_script_prefix().rstrip("/")
    if prefix and urlsplit(base).path.endswith(prefix):
        return base + path.removeprefix(prefix)
    return base + path


def tracking_keys() -> list[TrackingKey]:
    """Server keys for tracking codes, newest first (HELPDESK_TRACKING_KEYS).

    New tickets use the first; older ones name theirs, so a rotation keeps old links alive as long
    as the old key stays in the list. Without the setting the keys derive from SECRET_KEY and
    SECRET_KEY_FALLBACKS.
    """
    given = getattr(settings, "HELPDESK_TRACKING_KEYS", None)
    secrets = given or [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [_tracking_key(secret) for secret in secrets]


def tracking_key(key_id: str) -> TrackingKey | None:
    """Return the server key with this fingerprint, or None when it was retired."""
    return next((key for key in tracking_keys() if key.key_id == key_id), None)


def attachment_storage_alias() -> str:
    """Alias in STORAGES of the private store for attachments (HELPDESK_ATTACHMENT_STORAGE)."""
    return getattr(settings, "HELPDESK_ATTACHMENT_STORAGE", "helpdesk")


def no_attachment_storage(reason: str) -> str:
    """The sentence for a site whose private store is missing or cannot be used."""
    return (
        f"There is no usable store for the files of tickets: {reason} "
        f'Add STORAGES["{attachment_storage_alias()}"] to the settings, with a location outside MEDIA_ROOT.'
    )


def leftovers_hours() -> int:
    """Hours after which a stored file that no row knows is deleted (HELPDESK_LEFTOVERS_HOURS); 0: never."""
    return max(0, int(getattr(settings, "HELPDESK_LEFTOVERS_HOURS", 24)))


def trusted_proxies() -> int:
    """How many reverse proxies stand in front and set X-Forwarded-For (HELPDESK_TRUSTED_PROXIES)."""
    return int(getattr(settings, "HELPDESK_TRUSTED_PROXIES", 0))


def signer_path() -> str:
    """Dotted path of the class that signs documents electronically (HELPDESK_SIGNER); empty for none."""
    return getattr(settings, "HELPDESK_SIGNER", "") or ""


def scanner() -> Scanner | None:
    """Where the virus scanner listens (HELPDESK_SCANNER), None without one.

    Raises ImproperlyConfigured for what is neither unix:/path/to/socket nor tcp://host:port.
    """
    given = getattr(settings, "HELPDESK_SCANNER", "") or ""
    if not given:
        return None
    try:
        parts = urlsplit(given)
        if parts.scheme == "unix" and parts.path.startswith("/"):
            return Scanner(parts.path)
        if parts.scheme == "tcp" and parts.hostname:
            return Scanner((parts.hostname, parts.port or 3310))
    except ValueError:
        pass
    raise ImproperlyConfigured(
        f"HELPDESK_SCANNER is {given!r}; it must be unix:/run/clamav/clamd.ctl or tcp://127.0.0.1:3310, "
        "or empty for no virus scanner."
    )


def scanner_needed() -> bool:
    """Whether files are refused while the scanner does not answer (HELPDESK_SCANNER_NEEDED)."""
    return bool(getattr(settings, "HELPDESK_SCANNER_NEEDED", True))


def status_seconds() -> int:
    """Seconds that a process keeps a drawn status page (HELPDESK_STATUS_SECONDS); 0 draws it every time."""
    return int(getattr(settings, "HELPDESK_STATUS_SECONDS", 15))


def _tracking_key(secret: str | bytes) -> TrackingKey:
    raw = secret.encode() if isinstance(secret, str) else secret
    derived = hashlib.sha256(b"helpdesk-tracking-key:" + raw).digest()
    return TrackingKey(hashlib.sha256(b"fingerprint:" + derived).hexdigest()[:12], derived)
