from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helpdesk_plugin.demo.accounts import Outcome, ensure_accounts
from helpdesk_plugin.demo.desk import NotReady
from helpdesk_plugin.demo.marks import active_accounts
from helpdesk_plugin.demo.passwords import ENVIRONMENT, demo_password, is_given
from helpdesk_plugin.demo.surveys import ensure_surveys
from helpdesk_plugin.demo.tickets import ensure_tickets
from helpdesk_plugin.demo.warning import accounts_warning


class Command(BaseCommand):
    """`manage.py helpdesk_demo`: see `helpdesk_plugin.demo`."""

    @property
    def help(self):
        return _("Make demonstration accounts and invented tickets, once. Not for a site in use.")

    def add_arguments(self, parser):
        parser.add_argument(
            "--password-file",
            type=Path,
            help=_("Where a random password is kept when %(name)s is not set.") % {"name": ENVIRONMENT},
        )

    def handle(self, *args, **options):
        path = options["password_file"]
        password = demo_password(path)
        if password is None:
            raise CommandError(
                _("The demonstration accounts need a password: set %(name)s or give --password-file.")
                % {"name": ENVIRONMENT}
            )
        outcome = ensure_accounts(password)
        self._make_tickets()
        self._make_surveys()
        if options["verbosity"] > 0:
            self._tell_accounts(outcome, password, path)

    def _make_tickets(self) -> None:
        lacking = _("No invented tickets were made; the site lacks: %(what)s. Run setup_helpdesk first.")
        if made := self._try(ensure_tickets, lacking):
            sentence = ngettext("%(count)d invented ticket made.", "%(count)d invented tickets made.", made)
            self.stdout.write(sentence % {"count": made})

    def _make_surveys(self) -> None:
        lacking = _("No invented surveys were made; the site lacks: %(what)s. Run setup_helpdesk first.")
        if made := self._try(ensure_surveys, lacking):
            sentence = ngettext("%(count)d invented survey made.", "%(count)d invented surveys made.", made)
            self.stdout.write(sentence % {"count": made})

    def _try(self, ensure: Callable[[], int], lacking: str) -> int:
        """How many were made; none, with the reason told, on a site that is not set up."""
        try:
            return ensure()
        except NotReady as lack:
            self.stderr.write(lacking % {"what": lack})
            return 0

    def _tell_accounts(self, outcome: Outcome, password: str, path: Path | None) -> None:
        names = " ".join(active_accounts())
        self.stdout.write(_("Demonstration accounts: %(names)s") % {"names": names})
        self.stdout.write(_("Password: %(where)s") % {"where": self._where(password, path)})
        if outcome.left:
            self.stdout.write(
                _("Left as they are, with a password of their own: %(names)s")
                % {"names": " ".join(outcome.left)}
            )
        if not settings.DEBUG and (warning := accounts_warning()):
            self.stderr.write(self.style.WARNING(f"{warning.msg} {warning.hint}"))

    def _where(self, password: str, path: Path | None) -> str:
        """The password itself only on a workstation: what production prints ends in logs."""
        if settings.DEBUG:
            return password
        return _("as in %(name)s") % {"name": ENVIRONMENT if is_given() else path}
