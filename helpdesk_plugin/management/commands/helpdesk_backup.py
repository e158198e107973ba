"""Back up database and files into a new directory, while people work."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from helpdesk_plugin.backup.databases import CannotBackUp
from helpdesk_plugin.backup.making import AlreadyThere, make_backup
from helpdesk_plugin.backup.stores import CannotStore


class Command(BaseCommand):
    help = (
        "Write the database as it is at one moment, and the files that it knows, into a new directory with a "
        "manifest of fingerprints. People may go on working. Tells the health page when it is done."
    )

    def add_arguments(self, parser):
        parser.add_argument("directory", type=Path, help="a directory that does not exist yet")
        parser.add_argument(
            "--without-files",
            action="store_true",
            help="the database alone: for sites whose object storage keeps versions by itself",
        )

    def handle(self, *, directory, without_files, **options):
        try:
            manifest = make_backup(directory, with_files=not without_files)
        except (AlreadyThere, CannotBackUp, CannotStore, OSError) as error:
            raise CommandError(str(error)) from error
        rows = sum(count for count, _sum in manifest.tables.values())
        files = manifest.files or []
        self.stdout.write(
            f"{directory}: {len(manifest.tables)} tables with {rows} rows, "
            f"{len(files)} files of {sum(one.size for one in files)} bytes."
        )
