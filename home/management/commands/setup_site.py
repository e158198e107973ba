from django.core.management.base import BaseCommand

from home.setup import ensure_site_pages


class Command(BaseCommand):
    """`manage.py setup_site`: see `home.setup.ensure_site_pages`."""

    help = (
        "Make the site's first pages. Safe to repeat: adds what is missing and changes nothing that exists."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would be made, and make nothing."
        )

    def handle(self, *args, **options):
        dry_run = options["dry_run"]
        outcome = ensure_site_pages(dry_run=dry_run)
        for sentence in outcome.made:
            self.stdout.write(f"{'Would make' if dry_run else 'Made'}: {sentence}")
        if options["verbosity"] > 1 or dry_run:
            for sentence in outcome.left:
                self.stdout.write(f"Left alone: {sentence}")
        if not outcome.made:
            self.stdout.write("Nothing to make: the site's pages are in place.")
