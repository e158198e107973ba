from django.db import migrations

from helpdesk_plugin.models import trigrams


def create(apps, schema_editor):
    trigrams.create(schema_editor.connection)


def drop(apps, schema_editor):
    trigrams.drop(schema_editor.connection)


class Migration(migrations.Migration):
    """The index of trigrams, where the database lets us have one; `helpdesk.W009` tells where it does not."""

    dependencies = [("helpdesk_plugin", "0036_speed_at_a_million")]
    operations = [migrations.RunPython(create, drop)]
