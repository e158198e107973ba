"""What `manage.py setup_helpdesk` says."""

import io

import pytest
from django.core.management import call_command, load_command_class
from django.utils import translation

from helpdesk_plugin.models import Opd, Service, SetupRecord
from helpdesk_plugin.setup.proposals import unconfirmed_count

pytestmark = pytest.mark.django_db


def say(*arguments, language="en", **options):
    out = io.StringIO()
    with translation.override(language):
        call_command("setup_helpdesk", *arguments, stdout=out, **options)
    return out.getvalue().splitlines()


def test_first_run_counts_what_it_added(in_2026):
    lines = say()
    assert lines[0] == "Added:"
    assert "   48  agencies (OPD)" in lines
    assert lines[-1] == f"{unconfirmed_count()} values await the agency's approval."
    assert Opd.objects.count() == 48


def test_second_run_says_that_nothing_is_missing(in_2026):
    say()
    assert say()[0] == "Nothing to add: the help desk is set up."


def test_dry_run_names_every_thing_and_adds_none(in_2026):
    lines = say("--dry-run")
    assert lines[0] == "Would be added:"
    assert "         Dinas Lingkungan Hidup Kabupaten Katingan" in lines
    assert any("S2b Memperbarui perkembangan" in line for line in lines)
    assert Opd.objects.count() == 0
    assert SetupRecord.objects.count() == 0


def test_restore_brings_back_what_was_deleted(in_2026):
    say()
    Opd.objects.get(code="DLH").delete()
    assert say("--restore")[:2] == ["Added:", "    1  agencies (OPD)"]


def test_silence_is_kept_when_asked_for(in_2026):
    assert say(verbosity=0) == []


def test_output_speaks_indonesian(in_2026):
    say()
    assert say(language="id")[0] == "Tidak ada yang perlu ditambahkan: help desk sudah siap."


def test_confirmed_values_are_no_longer_counted(in_2026):
    say()
    before = unconfirmed_count()
    Service.objects.filter(code="INF-NET").update(confirmed=True)
    assert unconfirmed_count() == before - 1


@pytest.mark.parametrize(
    ("name", "language", "words"),
    [
        ("setup_helpdesk", "en", "Safe to repeat"),
        ("setup_helpdesk", "id", "Aman diulang"),
        ("helpdesk_demo", "en", "invented tickets, once"),
        ("helpdesk_demo", "id", "tiket rekaan, satu kali"),
    ],
)
def test_help_speaks_the_language_of_the_site(name, language, words):
    command = load_command_class("helpdesk_plugin", name)
    with translation.override(language):
        text = command.create_parser("manage.py", name).format_help()
    assert words in " ".join(text.split())
