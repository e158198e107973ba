"""Telling the invented stories: once, through the services, and without a mail to anybody."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.demo import marks
from helpdesk_plugin.demo.desk import Desk, NotReady, open_desk
from helpdesk_plugin.demo.letters import letter
from helpdesk_plugin.demo.stories import STORIES, WORKING_DAYS
from helpdesk_plugin.demo.story import Paper, Story
from helpdesk_plugin.domain.parties import Party
from helpdesk_plugin.models import HelpDeskSettings, MessageState, Opd, OutboxMessage, Service
from helpdesk_plugin.services.files import AcceptedFile, accept_file
from helpdesk_plugin.services.submission import Filing, submit_ticket

#: Why the messages of these tickets are not sent, as the outbox shows it.
REASON = _("demonstration, nothing is sent")


@transaction.atomic
def ensure_tickets() -> int:
    """Tell every story if none was told before, and return how many tickets that made.

    Raises NotReady when officers, hours, services or agencies are missing; then nothing was made.
    """
    if marks.tickets_were_made():
        return 0
    desk = open_desk(WORKING_DAYS)
    services = _by_code(Service, {story.service for story in STORIES})
    opds = _by_code(Opd, {story.opd for story in STORIES})
    ids = [_tell(story, desk, services[story.service], opds[story.opd]) for story in STORIES]
    # Later acts on these tickets do send: by then somebody is trying the help desk.
    OutboxMessage.objects.filter(ticket_id__in=ids, state=MessageState.QUEUED).update(
        state=MessageState.DROPPED, last_error=REASON
    )
    marks.mark_tickets(len(ids))
    return len(ids)


def _by_code(model, codes: set[str]) -> dict:
    found = {row.code: row for row in model.objects.filter(code__in=codes)}
    if missing := codes - found.keys():
        raise NotReady(", ".join(sorted(missing)))
    return found


def _tell(story: Story, desk: Desk, service: Service, opd: Opd) -> int:
    by = desk.teknisi if story.registered else Party.REQUESTER
    with acting_at(desk.moment(*story.at)):
        filing = _filing(story, service, opd)
        ticket_id = submit_ticket(filing, by=by, files=[_file(paper) for paper in story.papers]).pk
    for days_ago, minute, act in story.then:
        with acting_at(desk.moment(days_ago, minute)):
            act(desk, ticket_id)
    return ticket_id


def _filing(story: Story, service: Service, opd: Opd) -> Filing:
    name, unit, phone = story.requester
    return Filing(
        kind=story.kind,
        service=service,
        opd=opd,
        requester_name=name,
        requester_unit=unit,
        requester_phone=phone,
        requester_email=f"{name.lower().replace(' ', '.')}@example.go.id",
        summary=story.summary,
        description=story.description,
        who_affected=story.who_affected,
        alternative=story.alternative,
        channel=story.channel,
        letter_number=story.letter_number,
        letter_subject=story.letter_subject,
        privacy_version=HelpDeskSettings.load().privacy_version,
    )


def _file(paper: Paper) -> AcceptedFile:
    upload = SimpleUploadedFile(paper.name, letter(*paper.lines), "application/pdf")
    return accept_file(upload, purpose=paper.purpose, label=paper.label)
