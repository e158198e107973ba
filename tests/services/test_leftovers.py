"""Files of nobody are swept once they are old enough: none that a row knows, and nothing that is not ours."""

import os
import secrets
import uuid
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.core.management import CommandError, call_command

from helpdesk_plugin import clock
from helpdesk_plugin.domain.papers import PaperKind
from helpdesk_plugin.models import Attachment, IssuedDocument, ReportExport, SignedCopy, StagedFile
from helpdesk_plugin.models.stored import file_fields
from helpdesk_plugin.services import leftovers, staging
from helpdesk_plugin.services.thumbnails import thumbnail_of
from tests.factories import accepted, accepted_picture, make_ticket, make_user

pytestmark = pytest.mark.django_db


def lay(*, hours: int = 25, name: str = "", directory: str = "helpdesk") -> str:
    """A file of nobody, stored so many hours ago; named as the models name theirs if no name is given."""
    token = secrets.token_hex(20)
    return aged(
        storages["helpdesk"].save(name or f"{directory}/{token[:2]}/{token}", ContentFile(b"x")), hours
    )


def aged(name: str, hours: int = 25) -> str:
    path = Path(storages["helpdesk"].path(name))
    at = path.stat().st_mtime - hours * 3600
    os.utime(path, (at, at))
    return name


def there(names: list[str]) -> list[str]:
    return [name for name in names if storages["helpdesk"].exists(name)]


def known_files(staff) -> list[str]:
    """One old file for every column of the plugin that knows files, and a small picture."""
    ticket, now = make_ticket(files=[accepted_picture()]), clock.now()
    about = {"name": "a.pdf", "size": 1, "sha256": "0" * 64}
    paper = IssuedDocument.objects.create(
        kind=PaperKind.RECEIPT,
        basis="x",
        issued_by=staff,
        issued_at=now,
        file=ContentFile(b"x", "a"),
        **about,
    )
    SignedCopy.objects.create(document=paper, by=staff, at=now, file=ContentFile(b"x", "a"), **about)
    ReportExport.objects.create(asked_by=staff, asked_at=now, file=ContentFile(b"x", "a"), **about)
    staging.keep(uuid.uuid4(), "lampiran", accepted())
    thumbnail_of(ticket.attachments.get())
    names = [
        name
        for field in file_fields().values()
        if field.model._meta.app_label == "helpdesk_plugin"
        for name in field.model._base_manager.values_list(field.name, flat=True)
    ]
    assert len(names) == len({Attachment, IssuedDocument, SignedCopy, ReportExport, StagedFile})
    return [aged(name) for name in [*names, f"{ticket.attachments.get().file.name}.thumb"]]


def test_only_old_files_of_nobody_go(staff, caplog):
    token = secrets.token_hex(20)
    kept = [
        *known_files(staff.kadis),
        lay(hours=23),
        lay(name=f"helpdesk/ab/laporan-{token}.pdf"),
        lay(name=f"helpdesk/ab/{token}/{token}"),
        lay(name=f"helpdesk/{token}"),
        lay(directory="other"),
    ]
    picture = lay()
    litter = [picture, lay(name=f"{picture}.thumb"), lay(directory="helpdesk-staged"), lay(name=picture)]
    assert litter[3] not in litter[:3], "the store has found another name"
    with caplog.at_level("INFO", logger="helpdesk_plugin"):
        assert leftovers.sweep(leftovers.PARTS) == 4
    assert (there(litter), there(kept)) == ([], kept)
    assert "4 files that no record knows were deleted" in caplog.text
    assert leftovers.sweep(leftovers.PARTS) == 0
    leftovers.remove(kept)


def test_the_tick_sweeps_part_by_part_and_the_setting_stops_it(staff, monkeypatch, settings):
    make_ticket(files=[accepted()])
    first = lay()
    litter, out = [first, lay(name=first)], StringIO()
    monkeypatch.setattr(leftovers, "PARTS", [first.split("/")[1]])
    settings.HELPDESK_LEFTOVERS_HOURS = 0
    call_command("helpdesk_tick", stdout=out)
    assert there(litter) == litter
    settings.HELPDESK_LEFTOVERS_HOURS = 24
    monkeypatch.setattr(leftovers, "MOST", 1)
    call_command("helpdesk_tick", stdout=out)
    assert "1 files of nobody removed" in out.getvalue()
    assert there(litter) == litter[1:]
    assert leftovers.remove(litter) == 2


def test_a_store_that_does_not_answer_holds_nothing_up(staff, monkeypatch, caplog):
    def fail(*args):
        raise ConnectionError

    monkeypatch.setattr(FileSystemStorage, "listdir", fail)
    call_command("helpdesk_tick", stdout=StringIO())
    assert "could not be looked through" in caplog.text


def test_a_store_beside_the_wrong_database_is_left_alone(staff, caplog):
    token = secrets.token_hex(18)
    litter = [lay(name=f"helpdesk/ab/ab{number:02x}{token}") for number in range(leftovers.FEW + 1)]
    assert leftovers.sweep(["ab"]) == 0
    assert "Is this the right database?" in caplog.text
    ReportExport.objects.create(asked_by=make_user(), asked_at=clock.now(), file="helpdesk/ab/known")
    assert leftovers.sweep(["ab"]) == 0
    with pytest.raises(CommandError, match="right database"):
        call_command("helpdesk_leftovers")
    assert there(litter) == litter
    out = StringIO()
    call_command("helpdesk_leftovers", "--dry-run", stdout=out)
    assert out.getvalue().splitlines() == [*sorted(litter), "21 files are in no record, 1 are."]
    call_command("helpdesk_leftovers", "--even-so", "--hours=26", stdout=out)
    assert there(litter) == litter
    call_command("helpdesk_leftovers", "--even-so", stdout=out)
    assert there(litter) == []


def test_no_litter_goes_before_any_row_knows_a_file(staff):
    litter = lay()
    assert leftovers.sweep(leftovers.PARTS) == 0
    make_ticket(files=[accepted()])
    assert leftovers.sweep(leftovers.PARTS) == 1
    assert there([litter]) == []
