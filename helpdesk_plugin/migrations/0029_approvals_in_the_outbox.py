"""Mails about the approval of notices and articles go by the outbox; where a subscription came from is not kept."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("helpdesk_plugin", "0028_evidence_ticks"),
        ("wagtailcore", "0094_alter_page_locale"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="outboxmessage",
            name="helpdesk_message_of_one_thing",
        ),
        migrations.RemoveField(
            model_name="noticesubscription",
            name="origin",
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="task_state",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="wagtailcore.taskstate",
                verbose_name="step of an approval",
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("notice_update", None),
                        ("subscription", None),
                        ("task_state", None),
                        models.Q(
                            models.Q(
                                ("day", None),
                                ("event__isnull", False),
                                ("sign_in", None),
                                ("ticket__isnull", False),
                            ),
                            models.Q(
                                ("day__isnull", False),
                                ("event", None),
                                ("recipient__isnull", False),
                                ("sign_in", None),
                                ("ticket", None),
                            ),
                            models.Q(
                                ("day", None),
                                ("event", None),
                                ("recipient", None),
                                ("sign_in__isnull", False),
                                ("ticket", None),
                            ),
                            _connector="OR",
                        ),
                    ),
                    models.Q(
                        ("day", None),
                        ("event", None),
                        ("recipient", None),
                        ("sign_in", None),
                        ("subscription__isnull", False),
                        ("task_state", None),
                        ("ticket", None),
                    ),
                    models.Q(
                        ("day", None),
                        ("event", None),
                        ("notice_update__isnull", False),
                        ("recipient__isnull", False),
                        ("sign_in", None),
                        ("subscription", None),
                        ("task_state", None),
                        ("ticket", None),
                    ),
                    models.Q(
                        ("day", None),
                        ("event", None),
                        ("notice_update", None),
                        ("recipient__isnull", False),
                        ("sign_in", None),
                        ("subscription", None),
                        ("task_state__isnull", False),
                        ("ticket", None),
                    ),
                    _connector="OR",
                ),
                name="helpdesk_message_of_one_thing",
            ),
        ),
    ]
