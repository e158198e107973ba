"""What the worker runs."""

from django_tasks import task

from helpdesk_plugin.notifications.delivery import deliver_due


@task()
def deliver_waiting() -> dict[str, int]:
    """Deliver what is due now and return how often each result came about."""
    return deliver_due().results
