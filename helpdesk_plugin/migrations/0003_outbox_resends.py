from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("helpdesk_plugin", "0002_setup_record"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="outboxmessage",
            name="resends",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="sent again by a person"),
        ),
        migrations.AlterField(
            model_name="historicalmessagetext",
            name="body",
            field=models.TextField(
                help_text="Placeholders such as {number}, {link}, {note}, {due} are filled in. A line whose placeholder has nothing to say is left out.",
                verbose_name="text",
            ),
        ),
        migrations.AlterField(
            model_name="messagetext",
            name="body",
            field=models.TextField(
                help_text="Placeholders such as {number}, {link}, {note}, {due} are filled in. A line whose placeholder has nothing to say is left out.",
                verbose_name="text",
            ),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(fields=["sent_at"], name="helpdesk_outbox_sent"),
        ),
    ]
