from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helpdesk_plugin.setup.proposals import unconfirmed_count
from helpdesk_plugin.setup.runner import Added, run


class Command(BaseCommand):
    """`manage.py setup_helpdesk`: see `helpdesk_plugin.setup`."""

    @property
    def help(self):
        return _(
            "Add what a help desk starts with: groups, catalogue, targets, hours, SOP, texts, pages. "
            "Safe to repeat: adds what is missing, never changes what exists, "
            "nor brings back what was deleted."
        )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help=_("Say what would be added, and add nothing.")
        )
        parser.add_argument(
            "--restore", action="store_true", help=_("Add again what people have deleted, too.")
        )

    def handle(self, *args, **options):
        dry_run = options["dry_run"]
        added = run(dry_run=dry_run, restore=options["restore"])
        if options["verbosity"] > 0:
            self._tell(added, dry_run=dry_run, in_full=dry_run or options["verbosity"] > 1)

    def _tell(self, added: list[Added], *, dry_run: bool, in_full: bool) -> None:
        if not added:
            self.stdout.write(_("Nothing to add: the help desk is set up."))
        else:
            self.stdout.write(_("Would be added:") if dry_run else _("Added:"))
        for subject in added:
            self.stdout.write(f"{len(subject.additions):>5}  {subject.title}")
            for addition in subject.additions if in_full else ():
                self.stdout.write(f"         {addition.label}")
        self._tell_proposals()

    def _tell_proposals(self) -> None:
        waiting = unconfirmed_count()
        if waiting:
            sentence = ngettext(
                "%(count)d value awaits the agency's approval.",
                "%(count)d values await the agency's approval.",
                waiting,
            )
            self.stdout.write(sentence % {"count": waiting})
