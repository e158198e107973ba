from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("helpdesk_plugin", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SetupRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=120, unique=True, verbose_name="key")),
                ("note", models.CharField(blank=True, max_length=80, verbose_name="note")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
            ],
            options={
                "verbose_name": "setup record",
                "verbose_name_plural": "setup records",
                "default_permissions": (),
            },
        ),
    ]
