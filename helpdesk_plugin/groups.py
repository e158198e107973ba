"""The user groups of the procedure and what each is granted to begin with.

The agency moves permissions in Wagtail's own group editor. Setup only ever adds: a permission is
granted once, when it first exists, and never again.
"""

from django.contrib.auth.models import Group, Permission

from helpdesk_plugin.domain.papers import PAPERS
from helpdesk_plugin.domain.parties import STAFF_ROLES, Role
from helpdesk_plugin.domain.transitions import TRANSITIONS
from helpdesk_plugin.models import RoleGroup
from helpdesk_plugin.permissions import STAFF_ACTS, codename

#: Names that new groups get; the agency may rename them.
GROUP_NAMES: dict[Role, str] = {
    Role.HEAD_OF_AGENCY: "Kepala Dinas",
    Role.DIVISION_HEAD: "Kepala Bidang TI",
    Role.COMPUTER_OFFICER: "Pranata Komputer",
    Role.TECHNICAL_SUPPORT: "Technical Support",
    Role.MANAGER: "Pengelola Help Desk",
    Role.AUDITOR: "Auditor Help Desk",
    Role.EDITOR: "Editor Pengumuman",
}

_READERS = (*(r for r in STAFF_ROLES if r is not Role.EDITOR),)
_REPORT_READERS = frozenset({Role.HEAD_OF_AGENCY, Role.DIVISION_HEAD, Role.MANAGER, Role.AUDITOR})
_REFERENCE = (
    "service",
    "requireddocument",
    "opd",
    "opdcontact",
    "holiday",
    "workingregime",
    "prioritytarget",
    "priorityrule",
    "sopversion",
    "stepstandard",
    "messagetext",
    "specialday",
    "specialdaywindow",
    "escalationlevel",
    "delegation",
    "cannedreply",
    "signatory",
    "evidenceitem",
    "team",
    "surveyelement",
    "surveyperiod",
    "retentionrule",
)


def default_grants(role: Role) -> list[str]:
    """Permissions of a newly made group, as ``app_label.codename``, sorted."""
    grants = {"wagtailadmin.access_admin"}
    grants.update(f"helpdesk_plugin.{name}" for name in _ticket_grants(role))
    grants.update(f"helpdesk_plugin.{name}" for name in _NOTICE_GRANTS.get(role, ()))
    if role is Role.MANAGER:
        grants.update(_manager_grants())
    return sorted(grants)


def ensure_group(role: Role) -> bool:
    """Make the group of a role where it is missing and grant what was never granted before.

    Returns whether anything was added.
    """
    link = RoleGroup.objects.filter(role=role.value).select_related("group").first()
    made = link is None
    if link is None:
        group, _created = Group.objects.get_or_create(name=GROUP_NAMES[role])
        link = RoleGroup(role=role.value, group=group, granted=[])
    fresh = [name for name in default_grants(role) if name not in link.granted]
    if made or fresh:
        link.group.permissions.add(*permissions_named(fresh))
        link.granted = sorted({*link.granted, *fresh})
        link.save()
    return made or bool(fresh)


#: Officers state facts and submit drafts; only editors publish, and they see no ticket.
_NOTICE_GRANTS: dict[Role, frozenset[str]] = {
    **dict.fromkeys(
        (Role.TECHNICAL_SUPPORT, Role.COMPUTER_OFFICER, Role.DIVISION_HEAD),
        frozenset({"add_statusnotice", "change_statusnotice", "view_statusnotice"}),
    ),
    Role.HEAD_OF_AGENCY: frozenset({"view_statusnotice"}),
    Role.AUDITOR: frozenset({"view_statusnotice", "view_noticetemplate"}),
    Role.MANAGER: frozenset(
        {
            "add_statusnotice",
            "change_statusnotice",
            "view_statusnotice",
            "add_noticetemplate",
            "change_noticetemplate",
            "view_noticetemplate",
        }
    ),
    Role.EDITOR: frozenset(
        {
            *(f"{verb}_statusnotice" for verb in ("add", "change", "publish", "lock", "unlock", "view")),
            *(f"{verb}_noticetemplate" for verb in ("add", "change", "view")),
        }
    ),
}
#: A group of its own, not an office: whoever is on duty may publish a preset wording at once.
DUTY_GROUP = "Petugas Piket"
DUTY_GRANTS = (
    "wagtailadmin.access_admin",
    "helpdesk_plugin.publish_emergency_statusnotice",
    "helpdesk_plugin.view_statusnotice",
)


def _ticket_grants(role: Role) -> set[str]:
    grants = {codename(act) for act in STAFF_ACTS if role in TRANSITIONS[act].roles}
    if role in _READERS:
        grants.add("view_ticket")
        # The desk that takes a security report in (S2) must be able to see it. An agency that wants a
        # narrower circle takes this away from a group and gives its steps to another.
        grants.add("view_security_ticket")
    if role in {Role.MANAGER, Role.AUDITOR, Role.DIVISION_HEAD, Role.HEAD_OF_AGENCY}:
        grants.add("view_surveyperiod")
    if role in {Role.MANAGER, Role.AUDITOR}:
        grants.add("export_surveyperiod")
        grants |= {"export_ticket", "view_ticketevent", "view_steprecord", "view_outboxmessage"}
        grants |= {"view_issueddocument", "view_look", "view_processingrecord"}
    if role in _REPORT_READERS:
        grants.add("view_reports_ticket")
    if role is Role.MANAGER:
        grants |= {"view_nip_ticket", "resend_outboxmessage", "view_heartbeat"}
        grants |= {"evidence_steprecord", "export_person", "breach_notice"}
    grants.update(f"issue_{kind.value}" for kind, paper in PAPERS.items() if role in paper.issuers)
    return grants


def _manager_grants() -> set[str]:
    grants = {f"helpdesk_plugin.{verb}_{model}" for model in _REFERENCE for verb in ("add", "change", "view")}
    grants |= {"helpdesk_plugin.delete_holiday", "helpdesk_plugin.delete_workingregime"}
    grants |= {"helpdesk_plugin.delete_specialday", "helpdesk_plugin.delete_escalationlevel"}
    grants.add("helpdesk_plugin.delete_cannedreply")
    settings = ("agencyprofile", "helpdesksettings", "documentsettings")
    return grants | {f"helpdesk_plugin.change_{name}" for name in settings}


def permissions_named(names):
    """Permissions by their full names (``app_label.codename``); unknown ones are passed over."""
    codenames = [name.partition(".")[2] for name in names]
    found = Permission.objects.filter(codename__in=codenames).select_related("content_type")
    return [p for p in found if f"{p.content_type.app_label}.{p.codename}" in names]
