"""Signs of life: the programs beside the web server say that they work; the managers' page reads it."""

import logging
from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import task

from helpdesk_plugin.models import Heartbeat, Program

logger = logging.getLogger(__name__)

#: How often the scheduler asks the worker for a sign of life.
ASK_WORKER_EVERY = timedelta(minutes=5)


def beat(program: Program) -> None:
    """Write that a program works, by the clock on the wall."""
    Heartbeat.beat(program, timezone.now())


def last_beats() -> dict[str, datetime]:
    """When each program last gave a sign of life; programs that never did are absent. One query."""
    return dict(Heartbeat.objects.values_list("program", "at"))


@task()
def worker_beats() -> None:
    """Run by the worker: that it runs is the message."""
    beat(Program.WORKER)


def ask_worker() -> None:
    """Ask the worker for a sign of life, if the latest is a while ago. A failure is logged and harmless."""
    latest = last_beats().get(Program.WORKER)
    if latest is not None and timezone.now() - latest < ASK_WORKER_EVERY:
        return
    try:
        worker_beats.enqueue()
    except Exception:
        logger.exception("The worker could not be asked for a sign of life.")
