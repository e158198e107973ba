"""What the worker runs."""

from django_tasks import task

from helpdesk_plugin.notifications.delivery import deliver_due

#: Few enough for a site without a worker, where the task runs inside somebody's request.
AT_ONCE = 50


@task()
def deliver_waiting() -> dict[str, int]:
    """Deliver what is due now and return how often each result came about; the sweep takes what is left."""
    return deliver_due(limit=AT_ONCE).results
