"""Who speaks for an agency (PIC): persons outside the desk, without an account, known by their address."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from helpdesk_plugin.cleaning import plain_line


def normalised_address(text: str) -> str:
    """A mail address as it is compared: small letters, nothing that cannot be seen, nothing else changed.

    ``sari+dinas@…`` and ``sari@…`` stay two addresses: only the mail server of their domain knows better.
    """
    return plain_line(text).lower()


class OpdContactQuerySet(models.QuerySet):
    def on(self, day: date):
        """Contacts in office on this day, in the agency's time zone."""
        return self.filter(Q(last_day=None) | Q(last_day__gte=day), first_day__lte=day)

    def overlapping(self, first_day: date, last_day: date | None):
        """Contacts in office on any day from the first to the last, both included; no last day: for ever."""
        not_before = self.filter(Q(last_day=None) | Q(last_day__gte=first_day))
        return not_before if last_day is None else not_before.filter(first_day__lte=last_day)


class OpdContact(models.Model):
    """A person in charge (PIC) of an agency's tickets, from the first to the last day, both included.

    Without a last day until further notice. An agency may have several at once. A row that has ended stays:
    it says who could see what, and when.
    """

    opd = models.ForeignKey(
        "helpdesk_plugin.Opd",
        verbose_name=_("agency (OPD)"),
        on_delete=models.PROTECT,
        related_name="contacts",
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(
        _("email"), help_text=_("The sign-in link to “My tickets” is sent there; it must be a person's own.")
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Empty: until further notice.")
    )

    history = HistoricalRecords()
    objects = OpdContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact of an agency (PIC)")
        verbose_name_plural = _("contacts of agencies (PIC)")
        ordering = ["opd__name", "-first_day", "-id"]
        indexes = [models.Index(fields=["email"], name="helpdesk_contact_address")]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        self.email = normalised_address(self.email)
        if not (self.opd_id and self.email and self.first_day):
            return
        if self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day lies before the first.")})
        others = type(self).objects.exclude(pk=self.pk).filter(opd=self.opd_id, email=self.email)
        if others.overlapping(self.first_day, self.last_day).exists():
            raise ValidationError(_("This person is already a contact of this agency on some of these days."))

    def save(self, *args, **kwargs):
        self.email = normalised_address(self.email)
        super().save(*args, **kwargs)
