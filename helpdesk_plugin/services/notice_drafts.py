"""Drafts of notices from what officers state: worded by a template or plainly, handed to the editors."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from helpdesk_plugin import labels
from helpdesk_plugin.domain import notices as rules
from helpdesk_plugin.domain.notices import NoticeKind, ServiceState
from helpdesk_plugin.models import AffectedService, AgencyProfile, NoticeTemplate, Opd, Service, StatusNotice
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.notifications.facts import moment
from helpdesk_plugin.services.notices import DRAFT


@dataclass(frozen=True)
class Facts:
    """What an officer states of an event: services with their states, agencies, times, and words for editors.

    ``words`` are read by editors alone. No agencies means all of them.
    """

    kind: NoticeKind
    services: Sequence[tuple[Service, ServiceState]]
    starts_at: datetime
    opds: Sequence[Opd] = field(default_factory=tuple)
    expected_end: datetime | None = None
    words: str = ""


def draft_notice(facts: Facts, *, by: Any, template: NoticeTemplate | None = None) -> StatusNotice:
    """Make a draft of what an officer states, worded by a template or plainly. Nobody but staff sees it.

    Raises PermissionDenied without the right to add notices.
    """
    if not holds(by, DRAFT):
        raise PermissionDenied
    with transaction.atomic():
        return write_draft(facts, by, template)


def write_draft(facts: Facts, by: Any, template: NoticeTemplate | None, **more: Any) -> StatusNotice:
    """Write the draft, whoever may; ``more`` are facts of the notice as a whole. In a transaction."""
    notice = StatusNotice(
        live=False,
        kind=facts.kind.value,
        starts_at=facts.starts_at,
        expected_end=facts.expected_end,
        all_opds=not facts.opds,
        facts=facts.words.strip(),
        author=by,
        **_worded(facts, template),
        **more,
    )
    for service, state in facts.services:
        notice.affected_services.add(AffectedService(service=service, state=state.value))
    notice.opds.set(facts.opds)
    notice.save()
    log(notice, "wagtail.create", user=by)
    notice.save_revision(user=by, log_action=False)
    return notice


def _worded(facts: Facts, template: NoticeTemplate | None) -> dict[str, str]:
    """Title and summary in both languages, from the template; without one the services alone speak."""
    worded: dict[str, str] = {}
    for language, ending in (("id", ""), ("en", "_en")):
        with translation.override(language):
            values = _values(facts)
            if template is None:
                said = _("%(kind)s: %(service)s") % {
                    "kind": labels.NOTICE_KIND[facts.kind],
                    "service": values["service"] or _("help desk"),
                }
                worded[f"title{ending}"] = said[:160]
                worded[f"summary{ending}"] = f"<p>{escape(said)}.</p>"
            else:
                for name in ("title", "summary"):
                    worded[f"{name}{ending}"] = template.filled(f"{name}{ending}", values)
    return worded


def _values(facts: Facts) -> dict[str, str]:
    """What the variables of a wording stand for, in the active language."""
    states = [state for _service, state in facts.services]
    agency = AgencyProfile.load()
    return {
        "service": ", ".join(service.name for service, _state in facts.services),
        "opd": ", ".join(opd.short_name for opd in facts.opds) or _("every agency (OPD)"),
        "state": str(labels.SERVICE_STATE[rules.worst(states)]).lower(),  # it stands within a sentence
        "start": moment(facts.starts_at),
        "end": moment(facts.expected_end),
        "agency": agency.short_name or agency.name,
    }


def submit_to_editors(notice: StatusNotice, *, by: Any) -> bool:
    """Hand a draft to the moderation workflow, if there is one and the draft is not in it yet."""
    workflow = notice.get_workflow()
    if workflow is None or notice.workflow_in_progress:
        return False
    workflow.start(notice, by)
    return True
