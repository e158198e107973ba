"""Restore a backup into an empty site, or rehearse that."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from helpdesk_plugin.backup import restoring
from helpdesk_plugin.backup.databases import CannotBackUp
from helpdesk_plugin.backup.manifest import NoBackup
from helpdesk_plugin.backup.stores import CannotStore
from helpdesk_plugin.management.arguments import positive


class Command(BaseCommand):
    help = (
        "Fill an empty database and empty stores from a directory of helpdesk_backup and compare the result "
        "with its manifest. Overwrites nothing. With --rehearse into a place that is thrown away."
    )
    requires_system_checks = ()  # they ask the database, which is still empty

    def add_arguments(self, parser):
        parser.add_argument("directory", type=Path, help="what helpdesk_backup has written")
        parser.add_argument("--rehearse", action="store_true", help="only see whether it would work")
        parser.add_argument(
            "--numbers-ahead",
            type=positive,
            default=100,
            help="how far running numbers jump, more than were given since the backup (100)",
        )

    def handle(self, *, directory, rehearse, numbers_ahead, **options):
        try:
            manifest = restoring.rehearse(directory) if rehearse else restoring.restore(directory)
        except restoring.CannotRestore as refused:
            raise CommandError("\n".join(refused.reasons)) from refused
        except (NoBackup, CannotBackUp, CannotStore, OSError) as error:
            raise CommandError(str(error)) from error
        rows = sum(count for count, _sum in manifest.tables.values())
        self.stdout.write(
            f"The backup of {manifest.made_at:%Y-%m-%d %H:%M} UTC matches: "
            f"{len(manifest.tables)} tables with {rows} rows, {len(manifest.files or [])} files."
        )
        if rehearse:
            self.stdout.write("It was only rehearsed; nothing of the site was touched.")
            return
        settled = restoring.settle(numbers_ahead)
        self.stdout.write(
            f"Running numbers jumped by {numbers_ahead} in {settled.series} series. {settled.messages} "
            "messages that waited are held back, as they may have been sent since; their register sends them."
        )
        self.stdout.write("Now run manage.py migrate and collectstatic, then start the site.")
