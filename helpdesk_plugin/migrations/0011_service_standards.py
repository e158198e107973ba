from django.db import migrations, models


def product():
    return models.TextField(
        blank=True,
        help_text="Product of the service, for its public standard. Empty: the output of the procedure.",
        verbose_name="what the agency gets",
    )


def search_words():
    return models.CharField(
        blank=True,
        help_text="Other words that people use for it, such as “wifi lemot, hotspot”.",
        max_length=300,
        verbose_name="also found by",
    )


class Migration(migrations.Migration):
    dependencies = [("helpdesk_plugin", "0010_assignment_wished_by")]

    operations = [
        *[
            migrations.AddField(model_name=model, name="product", field=product())
            for model in ("service", "historicalservice")
        ],
        *[
            migrations.AddField(model_name=model, name="search_words", field=search_words())
            for model in ("service", "historicalservice")
        ],
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["resolved_at"], name="helpdesk_by_handling"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["service", "closed_at"], name="helpdesk_closed_of_service"),
        ),
    ]
