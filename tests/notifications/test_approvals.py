"""Approvals are told by the outbox: in the reader's language, and no dead mail server loses a word."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowTask
from wagtail.users.models import UserProfile

from helpdesk_plugin.domain.notices import NoticeKind, ServiceState
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.domain.priorities import Priority
from helpdesk_plugin.models import MessageState, NoticeTemplate, OutboxMessage, RoleGroup
from helpdesk_plugin.notifications.decisions import (
    APPROVAL_ASKED,
    APPROVAL_GIVEN,
    APPROVAL_REFUSED,
    NOTICE_REVIEW,
)
from helpdesk_plugin.services import notice_drafts, notice_emergency
from helpdesk_plugin.services.notice_drafts import Facts
from helpdesk_plugin.setup.notices import Approval
from helpdesk_plugin.setup.plan import Addition
from tests.factories import make_service, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(staff):
    return staff[Role.EDITOR]


@pytest.fixture
def root(staff):
    return get_user_model().objects.create_superuser("root", "root@example.test", "sandi-uji")


def facts() -> Facts:
    services = [(make_service(name="Surel dinas"), ServiceState.PARTIAL)]
    return Facts(NoticeKind.DISRUPTION, services, timezone.now())


@pytest.fixture
def draft(staff, editor):
    """An officer's draft, handed to the editors."""
    Approval().add([Addition("notices:workflow", "")])
    notice = notice_drafts.draft_notice(facts(), by=staff.teknisi)
    assert notice_drafts.submit_to_editors(notice, by=staff.teknisi)
    return notice


def decide(notice, who, action="approve", **sent):
    client = Client()
    client.force_login(who)
    step = notice.current_workflow_task_state
    return client.post(reverse("helpdesk_notices:workflow_action", args=[notice.pk, action, step.pk]), sent)


def test_editors_are_asked_once_each_in_indonesian(draft, editor, root, queued):
    assert queued() == [(APPROVAL_ASKED, editor)]
    call_command("helpdesk_deliver")
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([editor.email], f"Mohon diperiksa: {draft.title}")
    assert "meminta persetujuan Anda untuk pengumuman" in letter.body
    assert f"http://testserver/admin/helpdesk/notices/page/{draft.pk}/" in letter.body
    assert f"http://testserver/admin/helpdesk/notices/page/{draft.pk}/" in letter.alternatives[0].content
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_superusers_are_asked_once_and_not_twice(root, editor, staff, queued):
    Approval().add([Addition("notices:workflow", "")])
    notice = notice_drafts.draft_notice(facts(), by=staff.teknisi)
    notice_drafts.submit_to_editors(notice, by=staff.teknisi)
    assert sorted(queued(), key=str) == sorted([(APPROVAL_ASKED, editor), (APPROVAL_ASKED, root)], key=str)


def test_whoever_reads_english_and_whoever_wants_no_such_mail(staff, editor, queued):
    UserProfile.objects.update_or_create(user=editor, defaults={"preferred_language": "en"})
    silent = make_user(Role.EDITOR)
    UserProfile.objects.update_or_create(user=silent, defaults={"submitted_notifications": False})
    Approval().add([Addition("notices:workflow", "")])
    notice = notice_drafts.draft_notice(facts(), by=staff.teknisi)
    notice_drafts.submit_to_editors(notice, by=staff.teknisi)
    assert queued() == [(APPROVAL_ASKED, editor)]
    call_command("helpdesk_deliver")
    assert mail.outbox[0].subject.startswith("Please look and approve: ")


def test_the_author_hears_of_the_approval(draft, staff, editor, queued):
    decide(draft, editor)
    assert queued(kind=APPROVAL_GIVEN) == [(APPROVAL_GIVEN, staff.teknisi)]
    call_command("helpdesk_deliver")
    (letter,) = mail.outbox  # nobody is asked any more for what is decided
    assert letter.to == [staff.teknisi.email]
    assert letter.subject == f"Disetujui: {draft.title}"


def test_the_author_reads_why_it_came_back(draft, staff, editor, queued):
    decide(draft, editor, "reject", comment="Sebutkan <b>layanannya</b>.")
    assert queued(kind=APPROVAL_REFUSED) == [(APPROVAL_REFUSED, staff.teknisi)]
    call_command("helpdesk_deliver")
    (letter,) = mail.outbox
    assert letter.subject == f"Mohon diperbaiki: {draft.title}"
    assert "Sebutkan <b>layanannya</b>." in letter.body
    assert "Sebutkan &lt;b&gt;layanannya&lt;/b&gt;." in letter.alternatives[0].content


def test_an_editor_who_left_is_told_nothing(draft, editor):
    editor.groups.clear()
    call_command("helpdesk_deliver")
    assert mail.outbox == []
    assert OutboxMessage.objects.get().state == MessageState.DROPPED


def test_a_dead_mail_server_breaks_no_press_and_loses_no_mail(
    draft, staff, editor, mail_server, deliver_mail
):
    OutboxMessage.objects.all().delete()
    mail_server.stop()
    answer = decide(draft, editor, "reject", comment="Kurang lengkap.")
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.current_workflow_state.status == "needs_changes"
    deliver_mail()
    message = OutboxMessage.objects.get()
    assert (message.state, message.attempts) == (MessageState.QUEUED, 1)
    mail_server.start()
    OutboxMessage.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
    deliver_mail()
    (letter,) = mail_server.to(staff.teknisi.email)
    assert "Kurang lengkap." in letter.get_body(("plain",)).get_content()


def test_the_register_names_the_mails(draft, editor, root):
    decide(draft, editor, "reject", comment="Kurang.")
    client = Client()
    client.force_login(root)
    html = client.get("/admin/helpdesk/messages/").content.decode()
    for words in ("Kepada editor: mohon diperiksa", "Kepada petugas: mohon diperbaiki", draft.title):
        assert words in html


def test_content_that_is_not_the_help_desk_s_goes_wagtail_s_own_way(staff, editor, queued):
    workflow = Workflow.objects.create(name="Halaman situs")
    task = GroupApprovalTask.objects.create(name="Redaksi")
    task.groups.add(RoleGroup.objects.get(role=Role.EDITOR.value).group)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    page = Page.objects.first().add_child(instance=Page(title="Profil", slug="profil-uji", live=False))
    page.save_revision()
    workflow.start(page, staff.teknisi)
    assert queued() == []
    assert [letter.to for letter in mail.outbox] == [[editor.email]]


# --- What was published without an editor ---


@pytest.fixture
def emergency(staff, editor):
    wording = NoticeTemplate.objects.create(
        name="Putus", emergency=True, title="Gangguan {service}", summary="<p>{service} terganggu.</p>"
    )
    duty = make_user()
    duty.user_permissions.add(_right("publish_emergency_statusnotice"))
    return notice_emergency.publish_emergency(facts(), wording, by=duty, priority=Priority.P1)


def _right(codename):
    from django.contrib.auth.models import Permission

    return Permission.objects.get(codename=codename)


def test_editors_are_asked_to_review_an_emergency(emergency, editor, queued):
    assert queued(kind=NOTICE_REVIEW) == [(NOTICE_REVIEW, editor)]
    call_command("helpdesk_deliver")
    (letter,) = mail.outbox
    assert letter.subject == f"Mohon ditinjau, sudah terbit: {emergency.title}"
    assert "jalur darurat" in letter.body


def test_who_has_reviewed_it_is_asked_no_more(emergency, editor):
    notice_emergency.review_notice(emergency, by=editor)
    call_command("helpdesk_deliver")
    assert mail.outbox == []
