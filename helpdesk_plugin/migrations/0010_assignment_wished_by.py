from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("helpdesk_plugin", "0009_kept_deadlines")]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="wished_by",
            field=models.DateField(blank=True, null=True, verbose_name="wished by"),
        ),
    ]
