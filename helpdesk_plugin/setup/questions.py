"""The questions that services ask, as proposals, and for services that ask nothing yet.

Only what the catalogue names as a requirement of a service must be answered. A service whose questions the
agency has begun to word itself is left alone.
"""

from collections.abc import Sequence
from typing import Any

from simple_history.utils import bulk_create_with_history

from helpdesk_plugin.models import Service, ServiceQuestion
from helpdesk_plugin.setup.data import read_json
from helpdesk_plugin.setup.plan import Addition, Plan, Situation


class Questions:
    """Proposed questions by service; each is added once and never comes back."""

    title = ServiceQuestion._meta.verbose_name_plural

    def plan(self, situation: Situation) -> Plan:
        plan = Plan()
        stored = set(Service.objects.values_list("code", flat=True))
        asking = set(ServiceQuestion.objects.values_list("service__code", flat=True))
        for code, questions in read_json("service_questions.json").items():
            fresh = [facts for facts in questions if _key(code, facts) not in situation.recorded]
            # In a dry run the services that setup would add are not there yet.
            exists = code in stored or f"service:{code}" not in situation.recorded
            if not exists:
                continue
            if code in asking:
                plan.in_place += [_key(code, facts) for facts in fresh]
            else:
                plan.additions += [
                    Addition(_key(code, facts), f"{code}: {facts['label']}", (code, facts)) for facts in fresh
                ]
        return plan

    def add(self, additions: Sequence[Addition]) -> None:
        services = Service.objects.in_bulk({addition.what[0] for addition in additions}, field_name="code")
        rows = [_question(services[code], facts) for code, facts in (one.what for one in additions)]
        bulk_create_with_history(rows, ServiceQuestion, default_change_reason="setup")


def _key(code: str, facts: dict[str, Any]) -> str:
    return f"question:{code}:{facts['slug']}"


def _question(service: Service, facts: dict[str, Any]) -> ServiceQuestion:
    facts = {name: "\n".join(value) if isinstance(value, list) else value for name, value in facts.items()}
    del facts["slug"]
    return ServiceQuestion(service=service, **facts)
