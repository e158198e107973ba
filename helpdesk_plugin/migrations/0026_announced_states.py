"""The states that notices gave to services, each time as they were announced."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("helpdesk_plugin", "0001_foundation")]

    operations = [
        migrations.CreateModel(
            name="AnnouncedStates",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="since")),
                ("states", models.JSONField(blank=True, default=dict, verbose_name="states")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="announced_states",
                        to="helpdesk_plugin.statusnotice",
                        verbose_name="notice",
                    ),
                ),
            ],
            options={
                "verbose_name": "announced states",
                "verbose_name_plural": "announced states",
                "ordering": ["since", "pk"],
                "default_permissions": (),
            },
        ),
    ]
