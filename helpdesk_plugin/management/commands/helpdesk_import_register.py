"""Import the register of a former help desk with its files, from the server's own disk."""

from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from helpdesk_plugin.models import Opd, Service
from helpdesk_plugin.services import imports, past_files
from helpdesk_plugin.services.imports import LineState, Tally
from helpdesk_plugin.services.past_files import ArchiveRefused, FilesBeside
from helpdesk_plugin.services.past_tickets import PAST_TICKETS
from helpdesk_plugin.services.tables import TableRefused, read_table
from helpdesk_plugin.staff.imports import words


class Command(BaseCommand):
    help = (
        "Import the register of a former help desk (CSV or XLSX). What is there already is never changed, so "
        "the same file may come again; files that were missing are added then. Look with --dry-run first."
    )

    def add_arguments(self, parser):
        parser.add_argument("register", type=Path, help="the register, CSV or XLSX")
        parser.add_argument("--files", type=Path, help="folder or ZIP with the files that the register names")
        parser.add_argument("--user", required=True, help="user name of the officer who imports")
        parser.add_argument("--opd", help="code of the agency for rows of unknown units")
        parser.add_argument("--service", help="code of the service for rows of unknown categories")
        parser.add_argument("--dry-run", action="store_true", help="only say what would become of the rows")

    def handle(self, *, register, files, user, opd, service, dry_run, **options):
        chosen = {
            "opd": _by_code(Opd, opd),
            "service": _by_code(Service, service),
            "files": _files_in(files) if files else None,
        }
        by = get_user_model().objects.filter(username=user, is_active=True).first()
        if by is None:
            raise CommandError(f"There is no active account {user}.")
        try:
            content = register.read_bytes()
            self._preview(content, chosen) if dry_run else self._store(content, chosen, by)
        except OSError as unread:
            raise CommandError(f"{register} cannot be read: {unread.strerror}.") from None
        except TableRefused as refused:
            raise CommandError(words.about_file(refused)) from None
        except PermissionDenied:
            raise CommandError(f"{user} may not import.") from None

    def _preview(self, content: bytes, chosen: dict) -> None:
        counts = dict.fromkeys(LineState, 0)
        files = 0
        for line in imports.preview(PAST_TICKETS, read_table(content, PAST_TICKETS.columns), chosen):
            counts[line.state] += 1
            files += line.files
            self._tell([line] if line.refused else [], [line])
        self.stdout.write(
            f"{counts[LineState.NEW]} new, {counts[LineState.THERE]} there already, "
            f"{counts[LineState.REFUSED]} not usable; {files} files to add. Nothing was changed."
        )

    def _store(self, content: bytes, chosen: dict, by) -> None:
        """Press after press, until nothing is left; problems are told once, with the last."""
        added = files = 0
        while True:
            rows = read_table(content, PAST_TICKETS.columns)
            tally: Tally = imports.store(PAST_TICKETS, rows, chosen, by=by)
            added, files = added + tally.added, files + tally.files
            if not tally.left:
                break
        self._tell(tally.refused, tally.doubted)
        self.stdout.write(f"{added} rows imported, {files} files added, {len(tally.refused)} not usable.")

    def _tell(self, refused, doubted) -> None:
        for line in refused:
            self.stderr.write(words.about_line(line))
        for line in doubted:
            for sentence in words.doubts_about(line):
                self.stderr.write(sentence)


def _files_in(path: Path) -> FilesBeside:
    try:
        return past_files.in_folder(path) if path.is_dir() else past_files.in_archive(path.read_bytes())
    except OSError as unread:
        raise CommandError(f"{path} cannot be read: {unread.strerror}.") from None
    except ArchiveRefused as refused:
        raise CommandError(words.about_archive(refused)) from None


def _by_code(model, code: str | None):
    if not code:
        return None
    found = model.objects.filter(code__iexact=code).first()
    if found is None:
        raise CommandError(f"There is no {model._meta.verbose_name} with the code {code}.")
    return found
