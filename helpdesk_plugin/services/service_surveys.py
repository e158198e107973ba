"""The survey of nine elements: opening a period, inviting, answering, ending, forgetting whom we wrote to.

An answer and the invitation that it used are written together and nothing joins them afterwards.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date, agency_zone
from helpdesk_plugin.domain.ikm import ELEMENTS
from helpdesk_plugin.history import sign
from helpdesk_plugin.models import (
    Opd,
    OpdContact,
    Service,
    SurveyDoor,
    SurveyElement,
    SurveyInvitation,
    SurveyPeriod,
    SurveyResponse,
    Ticket,
    normalised_address,
)
from helpdesk_plugin.models.rights import holds
from helpdesk_plugin.models.sign_in import hash_of
from helpdesk_plugin.models.typed import storable
from helpdesk_plugin.notifications import outbox

MANAGE = "helpdesk_plugin.change_surveyperiod"
#: How long after its end it is still known who was invited to a period.
KEPT_AFTER = timedelta(days=30)
_AT_ONCE = 500


class SurveyRefused(Exception):
    """Base of what a survey cannot do now; nothing was changed."""


class NotADraft(SurveyRefused):
    """The period has been opened already."""


class NotOpen(SurveyRefused):
    """The period takes no answers: it is a draft, or it has ended."""


class ElementsMissing(SurveyRefused):
    """There are fewer than nine elements; ``manage.py setup_helpdesk`` adds them."""


class UsedAlready(SurveyRefused):
    """The invitation has been used; each counts once."""


@dataclass(frozen=True)
class Said:
    """What somebody answered: scores by element, one to four; an element left blank is not there."""

    opd: Opd
    scores: Mapping[str, int]
    service: Service | None = None
    suggestion: str = ""


@dataclass
class Invited:
    """What inviting did: people written to now, and those who had been before."""

    now: int = 0
    before: int = 0


def open_period(period: SurveyPeriod, *, by: Any) -> SurveyPeriod:
    """Open a draft with the elements as they are worded now. Raises NotADraft, ElementsMissing."""
    _permit(by)
    elements = [element.as_asked for element in SurveyElement.objects.all()]
    if [element["code"] for element in elements] != list(ELEMENTS):
        raise ElementsMissing
    with transaction.atomic():
        locked = SurveyPeriod.objects.select_for_update().get(pk=period.pk)
        if not locked.is_draft:
            raise NotADraft
        locked.questions, locked.opened_at = elements, clock.now()
        sign(locked, by, "opened")
        locked.save()
    return locked


def close_period(period: SurveyPeriod, *, by: Any) -> SurveyPeriod:
    """End a period before its last day. Raises NotOpen."""
    _permit(by)
    with transaction.atomic():
        locked = SurveyPeriod.objects.select_for_update().get(pk=period.pk)
        if not locked.is_open_on(_today()):
            raise NotOpen
        locked.closed_at = clock.now()
        sign(locked, by, "ended by hand")
        locked.save()
    return locked


def people_to_invite(period: SurveyPeriod) -> dict[str, tuple[int, str]]:
    """Address → (agency, language): contacts (PIC) in office today, and who filed in the period's months.

    Who filed matters of information security is not written to: nobody learns of them by an invitation.
    Two queries. A person of two agencies is asked once, for the one that they filed for last.
    """
    found: dict[str, tuple[int, str]] = {}
    contacts = OpdContact.objects.on(_today()).order_by("pk").values_list("email", "opd")
    found |= {normalised_address(email): (opd, "") for email, opd in contacts if email}
    filed = Ticket.objects.filter(
        submitted_at__gte=_midnight(period.first_day),
        submitted_at__lt=_midnight(period.last_day + timedelta(days=1)),
        security_flag=False,
    ).exclude(requester_email="")
    rows = filed.order_by("submitted_at", "pk").values_list("requester_email", "opd", "language")
    found |= {normalised_address(email): (opd, language) for email, opd, language in rows.iterator()}
    return found


def invite(period: SurveyPeriod, *, by: Any) -> Invited:
    """Write to everybody of `people_to_invite` who has not been written to for this period. Raises NotOpen.

    Repeating it writes to those who have come since. Part of one transaction with the messages.
    """
    _permit(by)
    with transaction.atomic():
        locked = SurveyPeriod.objects.select_for_update().get(pk=period.pk)
        if not locked.is_open_on(_today()):
            raise NotOpen
        people = people_to_invite(locked)
        known = set(locked.invitations.values_list("email", flat=True))
        fresh = [
            SurveyInvitation(
                period=locked, opd_id=opd, email=email, language=language or "id", invited_on=_today()
            )
            for email, (opd, language) in people.items()
            if email not in known
        ]
        for invitation in fresh:
            invitation.fill_hash()
        SurveyInvitation.objects.bulk_create(fresh, batch_size=_AT_ONCE)
        SurveyPeriod.objects.filter(pk=locked.pk).update(invited=F("invited") + len(fresh))
        outbox.queue_survey_invitations(_written(locked, fresh))
        transaction.on_commit(outbox.kick, robust=True)
    return Invited(now=len(fresh), before=len(known))


def _written(period: SurveyPeriod, fresh: Iterable[SurveyInvitation]) -> Iterator[SurveyInvitation]:
    """The rows as they stand, with their keys: not every database hands those back after writing in bulk."""
    hashes = [invitation.token_hash for invitation in fresh]
    for start in range(0, len(hashes), _AT_ONCE):
        yield from period.invitations.filter(token_hash__in=hashes[start : start + _AT_ONCE])


def invitation_with(token: str) -> SurveyInvitation | None:
    """The invitation that a mailed link belongs to, with its period and agency; changes nothing."""
    found = SurveyInvitation.objects.select_related("period", "opd").filter(token_hash=hash_of(token))
    return found.first()


def answer_invitation(token: str, said: Said, *, form: UUID) -> None:
    """Keep an invited person's answer, once. Raises NotOpen, UsedAlready.

    The agency is the one that the invitation names, whatever is said. Of two presses at the same moment one
    is too late; the same form again is no error.
    """
    invitation = invitation_with(token)
    if invitation is None:
        raise NotOpen
    with transaction.atomic():
        period = SurveyPeriod.objects.get(pk=invitation.period_id)
        if not period.is_open_on(_today()):
            raise NotOpen
        unused = SurveyInvitation.objects.filter(pk=invitation.pk, answered=False)
        if not unused.update(answered=True):
            if SurveyResponse.objects.filter(form=form).exists():
                return
            raise UsedAlready
        _keep(period, said, form, SurveyDoor.INVITED, opd_id=invitation.opd_id)


def answer_open(period: SurveyPeriod, said: Said, *, form: UUID) -> None:
    """Keep an answer that came by the open link; the same form again changes nothing. Raises NotOpen."""
    with transaction.atomic():
        current = SurveyPeriod.objects.get(pk=period.pk)
        if not (current.open_link and current.is_open_on(_today())):
            raise NotOpen
        if not SurveyResponse.objects.filter(form=form).exists():
            _keep(current, said, form, SurveyDoor.OPEN, opd_id=said.opd.pk)


def period_with(code: str) -> SurveyPeriod | None:
    """The opened period that an open link names, whether it still takes answers or not."""
    opened = SurveyPeriod.objects.filter(open_link=True, opened_at__isnull=False)
    return opened.filter(open_code=storable(code).lower()[:16]).first()


def sweep(now: datetime) -> int:
    """Forget who was invited to periods that ended `KEPT_AFTER` ago; return how many. For the tick."""
    day = agency_date(now - KEPT_AFTER)
    over = SurveyPeriod.objects.filter(opened_at__isnull=False, answers_until__lt=day)
    closed = SurveyPeriod.objects.filter(closed_at__lt=now - KEPT_AFTER)
    stale = SurveyInvitation.objects.filter(period__in=(over | closed).values("pk"))
    keys = list(stale.values_list("pk", flat=True)[:_AT_ONCE])
    if keys:
        SurveyInvitation.objects.filter(pk__in=keys).delete()
    return len(keys)


def _keep(period: SurveyPeriod, said: Said, form: UUID, door: SurveyDoor, *, opd_id: int) -> None:
    SurveyResponse.objects.create(
        period=period,
        opd_id=opd_id,
        service=said.service,
        door=door,
        day=_today(),
        form=form,
        suggestion=said.suggestion,
        **{code.lower(): said.scores.get(code) for code in ELEMENTS},
    )


def _permit(by: Any) -> None:
    if not holds(by, MANAGE):
        raise PermissionDenied


def _today() -> date:
    return agency_date(clock.now())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), agency_zone()).astimezone(UTC)
