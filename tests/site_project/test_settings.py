"""The settings as a process sees them that starts with a given environment."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import environ
import pytest
from django.conf import settings as test_settings

from site_project.settings.databases import database_from
from site_project.settings.local_secret import local_secret

PRODUCTION = {
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "helpdesk.example.go.id",
    "HELPDESK_BASE_URL": "https://helpdesk.example.go.id",
}


def start(
    module: str, script: str, environment: dict[str, str], var: Path
) -> subprocess.CompletedProcess[str]:
    """Run a script in a process that knows only this environment."""
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=test_settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "HELPDESK_VAR": str(var),
            "DJANGO_SETTINGS_MODULE": f"site_project.settings.{module}",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def values(module: str, names: list[str], environment: dict[str, str], var: Path) -> dict[str, Any]:
    """Return some settings of a process started with this environment."""
    script = (
        "import json; from django.conf import settings;"
        f"print(json.dumps({{name: getattr(settings, name) for name in {names}}}))"
    )
    process = start(module, script, environment, var)
    assert process.stderr == ""
    return json.loads(process.stdout)


@pytest.mark.parametrize("missing", sorted(PRODUCTION))
def test_production_refuses_to_start_without(missing: str, tmp_path: Path) -> None:
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}
    process = start("production", "from django.conf import settings; settings.DEBUG", environment, tmp_path)
    assert process.returncode == 1
    last_line = process.stderr.strip().splitlines()[-1]
    assert last_line.startswith(f"django.core.exceptions.ImproperlyConfigured: {missing} is unset")
    assert "Set " in last_line


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY is unset or shorter than 32 characters."),
        ("SECRET_KEY", "", "SECRET_KEY is unset or shorter than 32 characters."),
        ("ALLOWED_HOSTS", " , ", "ALLOWED_HOSTS is unset."),
        (
            "HELPDESK_BASE_URL",
            "helpdesk.example.go.id",
            "HELPDESK_BASE_URL is unset or is not the address of a site.",
        ),
        (
            "HELPDESK_BASE_URL",
            "ftp://helpdesk.example.go.id",
            "HELPDESK_BASE_URL is unset or is not the address",
        ),
        (
            "HELPDESK_BASE_URL",
            "https://helpdesk.example.go.id/desk",
            "HELPDESK_BASE_URL is unset or is not the address",
        ),
        (
            "HELPDESK_BASE_URL",
            "https://other.example.go.id",
            "other.example.go.id, which is not in ALLOWED_HOSTS",
        ),
    ],
)
def test_production_refuses_a_useless_value(name: str, value: str, sentence: str, tmp_path: Path) -> None:
    process = start(
        "production",
        "from django.conf import settings; settings.DEBUG",
        {**PRODUCTION, name: value},
        tmp_path,
    )
    assert process.returncode == 1
    assert sentence in process.stderr


NAMES_OF_COOKIES = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME"]
HTTPS_ONLY = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE"]


def test_production_over_https_protects_cookies_and_remembers_https(tmp_path: Path) -> None:
    names = [*HTTPS_ONLY, "DEBUG", "SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT", "SECURE_PROXY_SSL_HEADER"]
    assert values("production", names, PRODUCTION, tmp_path) == {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "LANGUAGE_COOKIE_SECURE": True,
        "DEBUG": False,
        "SECURE_HSTS_SECONDS": 365 * 24 * 60 * 60,
        "SECURE_SSL_REDIRECT": False,
        "SECURE_PROXY_SSL_HEADER": None,
    }


def test_cookies_over_https_belong_to_this_host_alone(tmp_path: Path) -> None:
    names = values("production", NAMES_OF_COOKIES, PRODUCTION, tmp_path)
    assert [name for name in names.values() if not name.startswith("__Host-")] == []


def test_production_believes_the_proxy_only_when_told_so(tmp_path: Path) -> None:
    environment = PRODUCTION | {"PROXY_SSL_HEADER": "X-Forwarded-Proto"}
    names = ["SECURE_SSL_REDIRECT", "SECURE_PROXY_SSL_HEADER"]
    assert values("production", names, environment, tmp_path) == {
        "SECURE_SSL_REDIRECT": True,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
    }


def test_production_at_an_http_address_works_in_a_browser(tmp_path: Path) -> None:
    environment = PRODUCTION | {"ALLOWED_HOSTS": "127.0.0.1", "HELPDESK_BASE_URL": "http://127.0.0.1:8000"}
    names = [*HTTPS_ONLY, "SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT"]
    assert values("production", names, environment, tmp_path) == {
        "SESSION_COOKIE_SECURE": False,
        "CSRF_COOKIE_SECURE": False,
        "LANGUAGE_COOKIE_SECURE": False,
        "SECURE_HSTS_SECONDS": 0,
        "SECURE_SSL_REDIRECT": False,
    }


def test_email_url_names_the_mail_server(tmp_path: Path) -> None:
    environment = PRODUCTION | {"EMAIL_URL": "smtp+tls://desk:p%40ss@mail.example.go.id:587"}
    names = [
        "EMAIL_BACKEND",
        "EMAIL_HOST",
        "EMAIL_PORT",
        "EMAIL_USE_TLS",
        "EMAIL_HOST_PASSWORD",
        "EMAIL_TIMEOUT",
    ]
    assert values("production", names, environment, tmp_path) == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.example.go.id",
        "EMAIL_PORT": 587,
        "EMAIL_USE_TLS": True,
        "EMAIL_HOST_PASSWORD": "p@ss",
        "EMAIL_TIMEOUT": 20,
    }


def test_workstation_writes_mail_to_files(tmp_path: Path) -> None:
    script = "from django.conf import settings as s; print(s.EMAIL_BACKEND, s.EMAIL_FILE_PATH)"
    process = start("dev", script, {}, tmp_path)
    assert process.stdout == f"django.core.mail.backends.filebased.EmailBackend {tmp_path / 'mail'}\n"


@pytest.mark.parametrize("mode", ["dev", "production"])
def test_mail_files_of_make_run_lie_below_var(mode: str, tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, 'scripts'); import run;"
        f"run.fill_environment({mode!r}, '127.0.0.1', '8000');"
        "from django.conf import settings as s; print(s.EMAIL_BACKEND, s.EMAIL_FILE_PATH)"
    )
    process = start(mode, script, {}, tmp_path)
    assert process.stdout == f"django.core.mail.backends.filebased.EmailBackend {tmp_path / 'mail'}\n"


def test_sqlite_connection_has_the_safe_pragmas(tmp_path: Path) -> None:
    script = (
        "import json; from django.db import connection; cursor = connection.cursor();"
        "ask = lambda name: cursor.execute(f'PRAGMA {name}').fetchone()[0];"
        "print(json.dumps([ask('journal_mode'), ask('synchronous'), ask('foreign_keys'), ask('busy_timeout'),"
        " connection.transaction_mode]))"
    )
    process = start("dev", script, {}, tmp_path)
    # synchronous 2 is FULL: an acknowledged ticket survives a power cut.
    assert json.loads(process.stdout) == ["wal", 2, 1, 20_000, "IMMEDIATE"]


def test_database_url_moves_the_site_to_postgresql(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://desk:secret@db.example.go.id:5433/helpdesk")
    database = database_from(environ.Env(), tmp_path)
    assert {name: database[name] for name in ("ENGINE", "HOST", "PORT", "NAME", "USER", "PASSWORD")} == {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "db.example.go.id",
        "PORT": 5433,
        "NAME": "helpdesk",
        "USER": "desk",
        "PASSWORD": "secret",
    }
    assert database["CONN_HEALTH_CHECKS"] is True
    assert database["CONN_MAX_AGE"] == 60


def test_all_state_lies_below_the_directory_that_helpdesk_var_names(tmp_path: Path) -> None:
    script = (
        "from django.conf import settings as s;"
        "print(s.DATABASES['default']['NAME'], s.MEDIA_ROOT, s.STATIC_ROOT, s.EMAIL_FILE_PATH,"
        " s.STORAGES['helpdesk']['OPTIONS']['location'], sep='\\n')"
    )
    process = start("dev", script, {}, tmp_path)
    paths = [Path(line) for line in process.stdout.split()]
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == [
        "db.sqlite3",
        "media",
        "static",
        "mail",
        "private",
    ]


def test_local_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = local_secret(tmp_path)
    assert len(first) >= 50
    assert local_secret(tmp_path) == first
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_every_variable_that_the_settings_read_is_documented() -> None:
    base = Path(test_settings.BASE_DIR)
    sources = [path.read_text() for path in (base / "site_project" / "settings").glob("*.py")]
    read = {name for source in sources for name in re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source)}
    documentation = (base / "docs" / "settings.md").read_text()
    assert len(read) >= 15
    assert sorted(name for name in read if f"`{name}`" not in documentation) == []
