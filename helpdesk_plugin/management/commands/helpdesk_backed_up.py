"""Tell the help desk that a backup was made, so that its health page can say how old the latest is."""

from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from helpdesk_plugin.models import Heartbeat, Program


class Command(BaseCommand):
    help = (
        "Write down that a backup of database and files has just succeeded. Call it last in the script that "
        "makes the backup, so that it runs only when everything before it went well."
    )

    def add_arguments(self, parser):
        parser.add_argument("--at", help="when it was made, as 2026-11-22T03:00+07:00; now if left out")

    def handle(self, *, at, **options):
        Heartbeat.beat(Program.BACKUP, self._moment(at) if at else timezone.now())

    def _moment(self, text: str) -> datetime:
        try:
            found = parse_datetime(text)
        except ValueError:
            found = None
        if found is None:
            raise CommandError(f"“{text}” is no moment. Write it like 2026-11-22T03:00+07:00.")
        found = found if timezone.is_aware(found) else timezone.make_aware(found)
        if found > timezone.now():
            raise CommandError("A backup cannot have been made in the future. Check the clock of the server.")
        return found
