"""What notices begin with: wordings, the approval from officers to editors, the group on duty."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.groups import DUTY_GRANTS, DUTY_GROUP, permissions_named
from helpdesk_plugin.models import NoticeTemplate, RoleGroup, StatusNotice
from helpdesk_plugin.setup.data import read_json
from helpdesk_plugin.setup.offices import is_filled
from helpdesk_plugin.setup.plan import Addition, Plan, Rows, Seed, Situation

WORKFLOW = "Petugas → Editor"
_WORKFLOW_KEY, _DUTY_KEY = "notices:workflow", "notices:duty"


def _templates(today: date) -> Iterator[Seed]:
    for facts in read_json("notice_templates.json"):
        yield Seed(facts["name"], NoticeTemplate(**facts))


WORDINGS = Rows(NoticeTemplate, "notice-wording", [("name",)], _templates)


class Approval:
    """The workflow in which editors approve what officers draft. Given to notices once."""

    title = _("Approval of notices")

    def plan(self, situation: Situation) -> Plan:
        if _WORKFLOW_KEY in situation.recorded or not is_filled(Role.EDITOR, situation):
            return Plan()
        given = WorkflowContentType.objects.filter(content_type__app_label=StatusNotice._meta.app_label)
        if given.filter(content_type__model=StatusNotice._meta.model_name).exists():
            return Plan(in_place=[_WORKFLOW_KEY])
        return Plan([Addition(_WORKFLOW_KEY, WORKFLOW)])

    def add(self, additions: Sequence[Addition]) -> None:
        for _addition in additions:
            workflow, _made = Workflow.objects.get_or_create(name=WORKFLOW, defaults={"active": True})
            if not workflow.workflow_tasks.exists():
                task = GroupApprovalTask.objects.create(name="Editor", active=True)
                task.groups.add(RoleGroup.objects.get(role=Role.EDITOR.value).group)
                WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
            WorkflowContentType.objects.get_or_create(
                content_type=ContentType.objects.get_for_model(StatusNotice), defaults={"workflow": workflow}
            )


class Duty:
    """The group of whoever is on duty, for the emergency line. It holds no ticket right of its own."""

    title = _("Officers on duty")

    def plan(self, situation: Situation) -> Plan:
        if _DUTY_KEY in situation.recorded:
            return Plan()
        if Group.objects.filter(name=DUTY_GROUP).exists():
            return Plan(in_place=[_DUTY_KEY])
        return Plan([Addition(_DUTY_KEY, f"{DUTY_GROUP}: {', '.join(DUTY_GRANTS)}")])

    def add(self, additions: Sequence[Addition]) -> None:
        for _addition in additions:
            group = Group.objects.create(name=DUTY_GROUP)
            group.permissions.add(*permissions_named(DUTY_GRANTS))
