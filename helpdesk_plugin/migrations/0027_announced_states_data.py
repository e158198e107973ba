"""Notices that are public already: what they say now is taken for what they said from the first."""

from django.db import migrations
from django.utils import timezone


def keep(apps, schema_editor):
    notices = apps.get_model("helpdesk_plugin", "StatusNotice")
    rows = apps.get_model("helpdesk_plugin", "AffectedService")
    kept = apps.get_model("helpdesk_plugin", "AnnouncedStates")
    states = {}
    for notice, service, state in rows.objects.values_list("notice", "service", "state"):
        states.setdefault(notice, {})[str(service)] = state
    public = notices.objects.exclude(first_published_at=None).filter(announced_states=None)
    kept.objects.bulk_create(
        [
            kept(notice_id=pk, since=since or timezone.now(), states=states.get(pk, {}))
            for pk, since in public.values_list("pk", "first_published_at").iterator()
        ],
        batch_size=500,
    )
    # What was published as over already never had an end.
    for notice in notices.objects.exclude(first_published_at=None).filter(
        ended_at=None, phase__in=["resolved", "completed", "cancelled"]
    ):
        published, ends = notice.first_published_at, notice.expected_end
        notice.ended_at = ends if ends and ends <= published else published
        notice.save(update_fields=["ended_at"])


class Migration(migrations.Migration):
    dependencies = [("helpdesk_plugin", "0026_announced_states")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
