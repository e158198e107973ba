"""Delete files of the private store that nothing in the database knows, or say which ones they are."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError

from helpdesk_plugin import conf
from helpdesk_plugin.management.arguments import positive
from helpdesk_plugin.services.leftovers import PARTS, look, remove


class Command(BaseCommand):
    help = (
        "Delete files of the private store that no row of the database knows: what transactions left that "
        "were killed. The scheduler does the same bit by bit; this looks through the whole store at once."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only name the files")
        hours = conf.leftovers_hours() or 24
        parser.add_argument(
            "--hours", type=positive, default=hours, help=f"only what is older than so many hours ({hours})"
        )
        parser.add_argument(
            "--even-so",
            action="store_true",
            help="delete them even if more files are unknown than known. Only with the right database!",
        )

    def handle(self, *, dry_run, hours, even_so, **options):
        found = look(PARTS, older_than=timedelta(hours=hours))
        if dry_run:
            for name in found.leftovers:
                self.stdout.write(name)
            self.stdout.write(f"{len(found.leftovers)} files are in no record, {found.known} are.")
            return
        if found.is_doubtful and not even_so:
            raise CommandError(
                f"{len(found.leftovers)} files are in no record, and only {found.known} are. Is this the "
                "right database? Nothing was deleted. Look with --dry-run; --even-so deletes them."
            )
        self.stdout.write(f"{remove(found.leftovers)} files deleted.")
