"""Where files go: directories of this machine, or buckets of an object storage that all machines share."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ


def stores_from(env: environ.Env, var_dir: Path) -> dict[str, dict[str, Any]]:
    """Return Django's STORAGES: `helpdesk` for the tickets' files, `default` for the editors' pictures.

    S3_PRIVATE_BUCKET and S3_MEDIA_BUCKET move them to an S3-compatible storage at S3_ENDPOINT_URL; the keys
    are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY by the client itself.
    """
    private, media = env.str("S3_PRIVATE_BUCKET", default=""), env.str("S3_MEDIA_BUCKET", default="")
    return {
        "default": _media(env, media) if media else {"BACKEND": _FILES},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        "helpdesk": _private(env, private) if private else _directory(var_dir / "private"),
    }


_FILES = "django.core.files.storage.FileSystemStorage"


def _directory(location: Path) -> dict[str, Any]:
    """Outside MEDIA_ROOT and without an address; readable by the site's own user alone."""
    return {
        "BACKEND": "site_project.storages.DurableFileSystemStorage",
        "OPTIONS": {
            "location": location,
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }


def _bucket(env: environ.Env, name: str) -> dict[str, Any]:
    endpoint = env.str("S3_ENDPOINT_URL", default="") or None
    return {
        "bucket_name": name,
        "endpoint_url": endpoint,
        "region_name": env.str("S3_REGION", default="") or None,
        # Storages of one's own seldom have a host name for each bucket.
        "addressing_style": "path" if endpoint else None,
        "default_acl": None,  # the bucket's own policy decides
        "file_overwrite": False,
    }


def _private(env: environ.Env, name: str) -> dict[str, Any]:
    """Nobody is ever given an address in it: the site reads files itself and asks for permission first."""
    return {"BACKEND": "site_project.buckets.PrivateBucket", "OPTIONS": _bucket(env, name)}


def _media(env: environ.Env, name: str) -> dict[str, Any]:
    """Pictures keep the site's address: pages load nothing from other hosts, so the proxy fetches them."""
    base = urlsplit(env.str("HELPDESK_BASE_URL", default="http://127.0.0.1:8000"))
    options = _bucket(env, name) | {
        "custom_domain": f"{base.netloc}/media",
        "url_protocol": f"{base.scheme}:",
        "querystring_auth": False,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
