"""The system checks: what a host site forgot is said in words before anybody meets it."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from helpdesk_plugin.checks.operation import mail_server_cannot_hold_a_worker, private_files_have_a_place
from helpdesk_plugin.models.attachments import MissingStorage, attachment_storage

SMTP = "django.core.mail.backends.smtp.EmailBackend"
PLAIN = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ROOT = Path(__file__).parents[2]
ID = re.compile(r'id="(helpdesk\.[EW]\d{3})"')


def ids(messages) -> list[str]:
    return [message.id for message in messages]


def test_every_check_has_a_number_of_its_own():
    """Two ways to miss the same thing may share one; two checks may not."""
    of_checks = Counter()
    for path in (ROOT / "helpdesk_plugin").rglob("*.py"):
        for check in path.read_text().split("@register")[1:]:
            of_checks.update(set(ID.findall(check)))
    assert [number for number, checks in of_checks.items() if checks > 1] == []
    assert len(of_checks) > 15


def test_this_site_has_nothing_to_complain_of():
    assert private_files_have_a_place() == mail_server_cannot_hold_a_worker() == []


@pytest.mark.parametrize(
    "private",
    [
        {},
        {"helpdesk": {"BACKEND": "no.such.Storage"}},
    ],
    ids=["missing", "unknown backend"],
)
def test_site_without_a_private_store_is_told(settings, private):
    settings.STORAGES = PLAIN | private
    (error,) = private_files_have_a_place()
    assert error.id == "helpdesk.E001"
    assert 'STORAGES["helpdesk"]' in error.msg


def test_store_under_another_name_is_found(settings, tmp_path):
    settings.HELPDESK_ATTACHMENT_STORAGE = "letters"
    assert 'STORAGES["letters"]' in private_files_have_a_place()[0].msg
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = PLAIN | {"letters": place}
    assert private_files_have_a_place() == []


@pytest.mark.parametrize("inside", [".", "private", "images/../private"])
def test_store_within_reach_of_visitors_is_refused(settings, tmp_path, inside):
    settings.MEDIA_ROOT = str(tmp_path)
    place = {"location": tmp_path / inside}
    settings.STORAGES = PLAIN | {
        "helpdesk": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": place}
    }
    assert ids(private_files_have_a_place()) == ["helpdesk.E002"]


def test_store_that_has_no_place_on_disk_is_left_alone(settings):
    settings.STORAGES = PLAIN | {"helpdesk": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    assert private_files_have_a_place() == []


def test_missing_store_refuses_files_in_words(settings):
    settings.STORAGES = PLAIN
    store = attachment_storage()
    assert isinstance(store, MissingStorage)
    for use in (
        lambda: store.save("a.pdf", ContentFile(b"x")),
        lambda: store.open("a.pdf"),
        lambda: store.delete("a.pdf"),
        lambda: store.url("a.pdf"),
    ):
        with pytest.raises(ImproperlyConfigured, match="MEDIA_ROOT"):
            use()


def test_configured_store_is_taken(settings, tmp_path):
    settings.STORAGES = PLAIN | {
        "helpdesk": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }
    assert isinstance(attachment_storage(), FileSystemStorage)


def test_site_without_a_private_store_starts_and_fails_by_the_check_alone(tmp_path):
    """In a process of its own, because the models ask for the store while they load."""
    (tmp_path / "forgetful.py").write_text(
        "from site_project.settings.test import *\n"
        'STORAGES = {name: store for name, store in STORAGES.items() if name != "helpdesk"}\n'
    )
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--settings=forgetful", f"--pythonpath={tmp_path}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert "helpdesk.E001" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("timeout", [None, 0, 301, 3600])
def test_mail_server_that_could_hold_a_worker_is_warned_of(settings, timeout):
    settings.EMAIL_BACKEND, settings.EMAIL_TIMEOUT = SMTP, timeout
    assert ids(mail_server_cannot_hold_a_worker()) == ["helpdesk.W002"]


@pytest.mark.parametrize(
    ("backend", "timeout"),
    [(SMTP, 20), (SMTP, 300), ("django.core.mail.backends.console.EmailBackend", None)],
)
def test_mail_that_cannot_hold_a_worker_is_not(settings, backend, timeout):
    settings.EMAIL_BACKEND, settings.EMAIL_TIMEOUT = backend, timeout
    assert mail_server_cannot_hold_a_worker() == []


def test_checks_are_registered(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_TIMEOUT = SMTP, None
    settings.STORAGES = PLAIN
    assert {"helpdesk.E001", "helpdesk.W002"} <= set(ids(run_checks()))
