"""When the programs beside the web server last did their work, and when somebody last made a backup."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class Program(models.TextChoices):
    """Who leaves a sign of life."""

    TICK = "tick", _("Scheduler (helpdesk_tick)")
    DELIVER = "deliver", _("Delivery of messages (helpdesk_deliver)")
    WORKER = "worker", _("Worker (db_worker)")
    BACKUP = "backup", _("Backup (helpdesk_backed_up)")


class Heartbeat(models.Model):
    """The latest sign of life of one program. No history: only the latest counts."""

    program = models.CharField(_("program"), max_length=16, choices=Program.choices, unique=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("condition of the help desk")
        verbose_name_plural = _("condition of the help desk")
        default_permissions = ("view",)

    def __str__(self):
        return str(self.get_program_display())

    @classmethod
    def beat(cls, program: str, at: datetime) -> None:
        """Write a sign of life; safe with parallel ones. One query, two the first time."""
        if not cls.objects.filter(program=program).update(at=at):
            cls.objects.get_or_create(program=program, defaults={"at": at})
