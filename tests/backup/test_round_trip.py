"""A backup is made, rehearsed and refused, before anybody needs it."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from helpdesk_plugin.backup import databases, restoring, stores
from helpdesk_plugin.backup.manifest import Manifest
from helpdesk_plugin.models import Attachment, Heartbeat, NumberSeries, OutboxMessage, Program
from tests.factories import PDF, accepted, make_ticket


def run(command, *arguments):
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_what_was_backed_up_comes_out_again_and_what_was_changed_is_noticed(tmp_path, settings):
    ticket = make_ticket(files=[accepted("surat.pdf")])
    stored, there = Attachment.objects.get(), tmp_path / "cadangan"
    assert "1 files" in run("helpdesk_backup", there)
    assert Heartbeat.objects.get(program=Program.BACKUP).at > timezone.now() - timedelta(minutes=1)

    # Whole, private, and of its moment: what comes later is not in it.
    manifest = Manifest.read(there)
    assert there.stat().st_mode & 0o077 == 0
    assert manifest.tables["helpdesk_plugin_ticket"][0] == 1
    assert [(one.name, one.sha256) for one in manifest.files] == [(stored.file.name, stored.sha256)]
    make_ticket(service=ticket.service, opd=ticket.opd)
    assert "matches" in run("helpdesk_restore", "--rehearse", there)

    # Nothing is ever overwritten, neither a backup nor a site in use.
    with pytest.raises(CommandError, match="overwrites nothing"):
        run("helpdesk_backup", there)
    with pytest.raises(CommandError, match="nothing is overwritten"):
        run("helpdesk_restore", there)

    # A file goes back into an empty store as it was; a full store refuses.
    assert stores.in_the_way(manifest.files) != []
    stored.file.storage.delete(stored.file.name)
    assert stores.in_the_way(manifest.files) == []
    assert len(list(stores.copy_in(manifest.files, there))) == 1
    with stored.file.open("rb") as content:
        assert content.read() == PDF

    # A backup whose dump gives other rows, lacks a file, or was touched is told, and why.
    told = json.loads((there / "manifest.json").read_text())
    told["tables"]["helpdesk_plugin_ticket"][1] = "1"
    told["files"] = []
    (there / "manifest.json").write_text(json.dumps(told))
    with pytest.raises(CommandError, match="differs from the backup in: helpdesk_plugin_ticket"):
        run("helpdesk_restore", "--rehearse", there)
    told["tables"] = manifest.tables
    (there / "manifest.json").write_text(json.dumps(told))
    with pytest.raises(CommandError, match=r"1 files of .* are not in the backup"):
        run("helpdesk_restore", "--rehearse", there)
    with (there / manifest.dump).open("ab") as dump:
        dump.write(b"x")
    with pytest.raises(CommandError, match="has changed since"):
        run("helpdesk_restore", "--rehearse", there)

    # A row whose file is missing is a fault that nobody wants in a backup: none is made, none is left.
    stored.file.storage.delete(stored.file.name)
    with pytest.raises(CommandError, match="cannot be copied"):
        run("helpdesk_backup", tmp_path / "kedua")
    assert [path.name for path in tmp_path.iterdir()] == ["cadangan"]


@pytest.mark.django_db
def test_a_restored_site_gives_no_number_twice_and_sends_nothing_again():
    make_ticket()
    last = NumberSeries.objects.get(name="ticket").last
    waiting = OutboxMessage.objects.waiting().count()
    assert waiting
    assert restoring.settle(50) == restoring.Settled(NumberSeries.objects.count(), waiting)
    assert NumberSeries.objects.get(name="ticket").last == last + 50
    assert not OutboxMessage.objects.waiting().exists()
    reasons = set(OutboxMessage.objects.parked().values_list("last_error", flat=True))
    assert reasons == {"Dipulihkan dari cadangan: mungkin sudah terkirim."}


def test_what_is_no_backup_and_no_known_database_is_told(tmp_path):
    with pytest.raises(CommandError, match="not finished"):
        run("helpdesk_restore", "--rehearse", tmp_path)
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(CommandError, match="damaged"):
        run("helpdesk_restore", "--rehearse", tmp_path)
    with pytest.raises(databases.CannotBackUp, match="oracle"):
        databases.vendor_of({"ENGINE": "django.db.backends.oracle"})
