"""Office × address × method: every page of the app in the admin, and who opens it or sends to it.

The addresses are found by walking the URL resolver and Wagtail's registries of bulk actions and of settings.
One that nobody has decided about fails `test_every_address_is_decided`, which says what to add here.
"""

import functools
from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import get_resolver, reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.contrib.settings.registry import registry as settings_registry

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date
from helpdesk_plugin.domain.parties import STAFF_ROLES, Role
from helpdesk_plugin.domain.steps import act_named
from helpdesk_plugin.domain.transitions import TRANSITIONS
from helpdesk_plugin.models import (
    CannedReply,
    Delegation,
    EscalationLevel,
    EvidenceItem,
    Holiday,
    MessageText,
    OpdContact,
    Signatory,
    SpecialDay,
    StatusNotice,
    TicketEvent,
)
from helpdesk_plugin.staff.actions import ACTIONS
from helpdesk_plugin.staff.viewsets import ADMINS, DATA_VIEWSETS
from tests.factories import accepted_picture, make_opd, make_service, make_team, make_ticket
from tests.staff.test_closed_doors import our_addresses

# --- The decisions ---------------------------------------------------------------------------------------
# Family → page → (who opens it, who sends to it). "Sending" is a POST, here always an empty one: a form that
# comes back with errors has been opened to the sender. A page without a POST of its own is sent to by nobody.

TS, PC, KABID, KADIS = (
    Role.TECHNICAL_SUPPORT,
    Role.COMPUTER_OFFICER,
    Role.DIVISION_HEAD,
    Role.HEAD_OF_AGENCY,
)
MANAGER, AUDITOR = Role.MANAGER, Role.AUDITOR
NOBODY: frozenset[Role] = frozenset()
MANAGERS = frozenset({MANAGER})
SUPERVISORS = frozenset({MANAGER, AUDITOR})
READERS = frozenset({TS, PC, KABID, KADIS, MANAGER, AUDITOR})

Decision = tuple[frozenset[Role], frozenset[Role]]

#: What Wagtail gives every snippet; rows are taken out of use and never deleted.
SNIPPET: dict[str, Decision] = {
    "list": (MANAGERS, NOBODY),
    "list_results": (MANAGERS, NOBODY),
    "add": (MANAGERS, MANAGERS),
    "edit": (MANAGERS, MANAGERS),
    "delete": (NOBODY, NOBODY),
    "usage": (MANAGERS, NOBODY),
    "history": (MANAGERS, NOBODY),
    "history_results": (MANAGERS, NOBODY),
}
#: What wagtail-modeladmin gives every table.
TABLE: dict[str, Decision] = {
    "index": (MANAGERS, NOBODY),
    "create": (MANAGERS, MANAGERS),
    "edit": (MANAGERS, MANAGERS),
    "delete": (NOBODY, NOBODY),
    "history": (MANAGERS, NOBODY),
}
REGISTER: dict[str, Decision] = {
    "index": (SUPERVISORS, NOBODY),
    "create": (NOBODY, NOBODY),
    "edit": (NOBODY, NOBODY),
    "delete": (NOBODY, NOBODY),
}

DECISIONS: dict[str, dict[str, Decision]] = {
    "helpdesk_tickets": {
        "list": (READERS, NOBODY),
        "list_results": (READERS, NOBODY),
        "inspect": (READERS, READERS - {AUDITOR}),
        "history": (READERS, NOBODY),
        "deadlines": (READERS, NOBODY),
        "download": (READERS, NOBODY),
        "thumbnail": (READERS, NOBODY),
        "follow": (NOBODY, READERS),
        "own_lists": (READERS, READERS),
        "register": (frozenset({TS}), frozenset({TS})),
        # Only to whoever has just registered the ticket, which nobody has here.
        "registered": (NOBODY, NOBODY),
        "inbox": (frozenset({KADIS}), frozenset({KADIS})),
        "documents": (READERS, NOBODY),
        "print": (READERS, NOBODY),
    },
    "helpdesk_services": SNIPPET,
    "helpdesk_teams": SNIPPET,
    "helpdesk_sop_versions": {
        **SNIPPET,
        # A version comes of the one before it ("succeed"), never of nothing.
        "add": (NOBODY, NOBODY),
        "inspect": (MANAGERS, NOBODY),
        "compare": (MANAGERS, NOBODY),
        "succeed": (MANAGERS, MANAGERS),
        "confirm": (MANAGERS, MANAGERS),
        "discard": (MANAGERS, MANAGERS),
    },
    "helpdesk_step_standards": {**SNIPPET, "add": (NOBODY, NOBODY)},
    "helpdesk_message_texts": {**SNIPPET, "add": (NOBODY, NOBODY)},
    "helpdesk_canned_replies": {
        **SNIPPET,
        "delete": (MANAGERS, MANAGERS),
        "on_ticket": (MANAGERS, NOBODY),
        "try_out": (NOBODY, MANAGERS),
    },
    "helpdesk_working_hours": {**SNIPPET, "delete": (MANAGERS, MANAGERS)},
    "helpdesk_special_days": {**SNIPPET, "delete": (MANAGERS, MANAGERS)},
    "ledger": REGISTER,
    "step-records": REGISTER,
    "messages": {**REGISTER, "resend": (MANAGERS, MANAGERS)},
    "documents": REGISTER,
    "looks": REGISTER,
    "evidence-checklist": TABLE,
    "signatories": TABLE,
    "agencies": TABLE,
    "contacts": {**TABLE, "hand-over": (MANAGERS, MANAGERS)},
    # There is exactly one row for each priority and each cell of the matrix.
    "sla-targets": {**TABLE, "create": (NOBODY, NOBODY)},
    "priority-matrix": {**TABLE, "create": (NOBODY, NOBODY)},
    "warning-levels": {**TABLE, "delete": (MANAGERS, MANAGERS)},
    "holidays": {**TABLE, "delete": (MANAGERS, MANAGERS), "import": (MANAGERS, MANAGERS)},
    "substitutes": TABLE,
    "helpdesk_recounting": {"": (MANAGERS, MANAGERS)},
    "helpdesk_health": {"": (MANAGERS, NOBODY)},
    "helpdesk_setting_changes": {"": (MANAGERS, NOBODY)},
    # Where settings are changed, by model.
    "settings": dict.fromkeys(
        ("AgencyProfile", "HelpDeskSettings", "DocumentSettings"), (MANAGERS, MANAGERS)
    ),
}

#: Pages about something that no row here is: the tests that say who opens them.
_ELSEWHERE: dict[str, dict[str, tuple[str, ...]]] = {
    "tests/staff/test_family.py": {"helpdesk_tickets": ("children",)},
    "tests/staff/test_security_lane.py": {"helpdesk_tickets": ("csirt",)},
    "tests/staff/test_documents.py": {
        "helpdesk_tickets": (
            *("document_preview", "document_issue", "document", "document_signed"),
            *("document_upload", "document_sign", "document_withdraw"),
        ),
    },
    # Notices are Wagtail's kind of content: drafts, a workflow, offices of their own.
    "tests/staff/test_notices.py": {
        "helpdesk_notices": (
            *("list", "list_results", "add", "edit", "usage", "history", "history_results", "inspect"),
            *("preview_on_add", "preview_on_edit", "unpublish", "lock", "unlock"),
            *("revisions_view", "revisions_revert", "revisions_compare", "revisions_unschedule"),
            *("workflow_action", "collect_workflow_action_data", "confirm_workflow_cancellation"),
            *("workflow_history", "workflow_history_detail", "workflow_preview"),
            *("facts", "emergency", "update", "publish_update", "discard_update"),
            *("review", "linked", "proposal"),
        ),
        "helpdesk_notice_wordings": (*SNIPPET,),
    },
}
ELSEWHERE = {
    (family, page) for families in _ELSEWHERE.values() for family, pages in families.items() for page in pages
}


def acts_decided(names: Iterable[str]) -> dict[str, Decision]:
    """The form of an act is opened by the offices that hold it, by the procedure's own table."""
    roles = {name: frozenset(TRANSITIONS[act_named(name)].roles) for name in names}
    return {name: (held, held) for name, held in roles.items()}


DECISIONS["acts"] = acts_decided(ACTIONS)
DECISIONS["bulk ticket"] = {
    **acts_decided(["take", "hand_over", "examine", "progress", "note", "inform", "close"]),
    "delete": (NOBODY, NOBODY),
}
for _model in (*(viewset.model for viewset in DATA_VIEWSETS), StatusNotice):
    DECISIONS[f"bulk {_model._meta.model_name}"] = {"delete": (NOBODY, NOBODY)}

# --- The walk --------------------------------------------------------------------------------------------

MODELS = {
    **{viewset.url_namespace: viewset.model for viewset in DATA_VIEWSETS},
    **{admin.base_url_path.partition("/")[2]: admin.model for admin in ADMINS},
}


@functools.cache
def _addresses() -> dict[str, str]:
    """Every address of ours, with placeholders, by name."""
    return dict(our_addresses())


def family_and_page(name: str) -> tuple[str, str]:
    """``helpdesk_teams:edit`` and ``helpdesk_holidays_modeladmin_edit`` as family and page."""
    if "_modeladmin_" in name:
        family, _word, page = name.removeprefix("helpdesk_").partition("_modeladmin_")
        return family, page
    family, _colon, page = name.partition(":")
    return family, page


def walked() -> Iterator[tuple[str, str]]:
    """Family and page of everything of ours that the admin has an address for."""
    for name in _addresses():
        if name != "helpdesk_tickets:act":
            yield family_and_page(name)
    yield from (("acts", name) for name in ACTIONS)
    for model in apps.get_app_config("helpdesk_plugin").get_models():
        meta = model._meta
        for action in bulk_action_registry.get_bulk_actions_for_model(meta.app_label, meta.model_name):
            yield f"bulk {meta.model_name}", action.action_type
    for model in settings_registry:
        if model._meta.app_label == "helpdesk_plugin":
            yield "settings", model.__name__
    yield from (("choosers", name) for name in _chooser_names())


def _chooser_names() -> Iterator[str]:
    """Choosers and previews of our models that Wagtail may have opened by itself."""
    for namespace in get_resolver("wagtail.admin.urls").namespace_dict:
        if "helpdesk_plugin" in namespace or (namespace.startswith("helpdesk_") and "choose" in namespace):
            yield namespace


def test_every_address_is_decided():
    here = {(family, page) for family, pages in DECISIONS.items() for page in pages}
    undecided = [where for where in dict.fromkeys(walked()) if where not in here | ELSEWHERE]
    advice = "Decide who opens these and who sends to them: add family → page to DECISIONS in this file."
    assert undecided == [], advice


def test_every_decision_is_about_an_address_that_exists():
    there = set(walked())
    decided = [(family, page) for family, pages in DECISIONS.items() for page in pages]
    gone = [where for where in (*decided, *ELSEWHERE) if where not in there]
    assert gone == [], "These addresses are no more: take them out of DECISIONS in this file."


@pytest.fixture
def rows(staff):
    """A row of everything that has pages; the ticket with a picture, because there is a page for it."""
    opd, service, today = make_opd(), make_service(), agency_date(clock.now())
    make_team(staff.teknisi, services=[service])
    OpdContact.objects.create(opd=opd, name="Rina", email="rina@example.test", first_day=today)
    Delegation.objects.create(
        role=KADIS, substitute=staff.kabid, first_day="2020-01-01", last_day="2020-01-02"
    )
    EscalationLevel.objects.create(subject="recovery", percent=75)
    EvidenceItem.objects.create(text="Log peladen")
    Holiday.objects.create(day="2030-01-01", name="Tahun baru", kind="public")
    Signatory.objects.create(user=staff.kadis, name="Hartono", position="Kepala Dinas")
    SpecialDay.objects.create(day="2030-01-02", name="Rapat kerja")
    MessageText.objects.create(kind="desk.submit", language="id", subject="x", body="x")
    CannedReply.objects.create(title="Salam", text="Terima kasih.")
    return make_ticket(files=[accepted_picture()], service=service, opd=opd)


def address_of(family: str, page: str, ticket) -> str:
    """The address with keys of rows that exist."""
    if family == "acts":
        return reverse("helpdesk_tickets:act", args=[ticket.pk, page])
    if family.startswith("bulk "):
        target = reverse("wagtail_bulk_action", args=["helpdesk_plugin", family.removeprefix("bulk "), page])
        return f"{target}?id={ticket.pk}"
    if family == "settings":
        setting = apps.get_model("helpdesk_plugin", page).load()
        return reverse("wagtailsettings:edit", args=["helpdesk_plugin", page.lower(), setting.pk])
    name = _url_name(family, page)
    return reverse(name, args=_keys(name, family, page, ticket))


def _url_name(family: str, page: str) -> str:
    """The reverse of `family_and_page`."""
    if not page:
        return family
    return f"{family}:{page}" if family.startswith("helpdesk_") else f"helpdesk_{family}_modeladmin_{page}"


def _keys(name: str, family: str, page: str, ticket) -> list:
    address = _addresses()[name]
    if "pk" not in address:
        return []
    if family == "helpdesk_tickets":
        return [ticket.pk, ticket.attachments.get().pk] if "file_pk" in address else [ticket.pk]
    row = MODELS[family].objects.first()
    if row is None and DECISIONS[family][page] == (NOBODY, NOBODY):
        return [1]
    assert row is not None, f"The fixture `rows` makes no row for {family}."
    return [row.pk]


def is_opened(client, method: str, address: str) -> bool:
    """Whether a request is let in. Whatever it changed is taken back."""
    with transaction.atomic():
        response = getattr(client, method)(address)
        transaction.set_rollback(True)
    # What a download holds; closing the response itself would end the connection.
    for close in response._resource_closers:
        close()
    assert response.status_code < 500, f"{method} {address}"
    sent_away = response.status_code == 302 and response.url.split("?")[0] in {"/admin/", "/admin/login/"}
    return response.status_code not in {403, 404, 405} and not sent_away


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_each_office_opens_what_was_decided_and_nothing_else(role, rows, as_role):
    client, wrong = as_role(role), []
    for family, pages in DECISIONS.items():
        for page, (readers, senders) in pages.items():
            address = address_of(family, page, rows)
            for method, allowed in (("get", readers), ("post", senders)):
                opened = is_opened(client, method, address)
                if opened is not (role in allowed):
                    wrong.append(f"{method} {family} {page}: {'opened' if opened else 'closed'}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("method", ["put", "delete"])
def test_no_other_method_fails(method, rows, as_role):
    client = as_role(MANAGER)
    for family, pages in DECISIONS.items():
        for page in pages:
            is_opened(client, method, address_of(family, page, rows))
    assert TicketEvent.objects.filter(ticket=rows).count() == 1
