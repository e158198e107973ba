"""Three invented surveys: one that has ended with enough answers, one that is open, and a draft."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from django.db import transaction

from helpdesk_plugin import clock
from helpdesk_plugin.calendars import agency_date, agency_zone
from helpdesk_plugin.clock import acting_at
from helpdesk_plugin.demo import marks
from helpdesk_plugin.demo.accounts import officer
from helpdesk_plugin.demo.desk import NotReady
from helpdesk_plugin.demo.tickets import REASON
from helpdesk_plugin.domain.ikm import ELEMENTS
from helpdesk_plugin.domain.periods import Period, PeriodKind
from helpdesk_plugin.models import MessageState, Opd, OutboxMessage, Service, SurveyElement, SurveyPeriod
from helpdesk_plugin.services import service_surveys
from helpdesk_plugin.services.service_surveys import Said

#: Answers of each agency to the survey that has ended; of the last one too few to be told apart.
_ANSWERS = (9, 8, 7, 6, 5, 2)
#: Of nine scores to an element so many are a four, a three and a two: better with people than with things.
_MOODS = {"U3": (3, 4, 2), "U9": (2, 5, 2), "U7": (7, 2, 0)}
_USUAL = (5, 3, 1)
_SUGGESTIONS = (
    "Kabar perkembangan lewat WhatsApp sudah sangat membantu.",
    "Mohon waktu penanganan di kecamatan yang jauh dipercepat.",
    "Petugas ramah dan sabar menjelaskan.",
    "Suku cadang printer sebaiknya selalu tersedia.",
)


@transaction.atomic
def ensure_surveys() -> int:
    """Make the surveys if none was made before, and return how many. Raises NotReady without their parts."""
    if marks.surveys_were_made():
        return 0
    by, opds, services = _parts()
    today = agency_date(clock.now())
    now = Period.of(PeriodKind.QUARTER, today)
    made = [
        _ended(now.previous(), by, opds, services),
        _open(now, today, by, opds, services),
        _draft(now.next()),
    ]
    # Nobody is written to; later invitations do go out.
    about = OutboxMessage.objects.filter(survey_invitation__period__in=made, state=MessageState.QUEUED)
    about.update(state=MessageState.DROPPED, last_error=REASON)
    marks.mark_surveys(len(made))
    return len(made)


def _parts() -> tuple:
    by, opds = officer("admin"), list(Opd.objects.order_by("code")[: len(_ANSWERS)])
    services = list(Service.objects.offered().order_by("code")[:4])
    if by is None or len(opds) < len(_ANSWERS) or not services:
        raise NotReady(str(Opd._meta.verbose_name_plural))
    if SurveyElement.objects.count() < len(ELEMENTS):
        raise NotReady(str(SurveyElement._meta.verbose_name_plural))
    return by, opds, services


def _ended(period: Period, by, opds, services) -> SurveyPeriod:
    """Answered in the last fortnight of its quarter, more than thirty times."""
    survey = _new(period, period.last)
    first = period.last - timedelta(days=14)
    with acting_at(_morning(first)):
        service_surveys.open_period(survey, by=by)
    offices = [opd for opd, count in zip(opds, _ANSWERS, strict=True) for _n in range(count)]
    for place, said in enumerate(_answers(offices, services, seed=1)):
        with acting_at(_morning(first + timedelta(days=place % 15))):
            service_surveys.answer_open(survey, said, form=uuid4())
    return survey


def _open(period: Period, today: date, by, opds, services) -> SurveyPeriod:
    """Open since this morning, with the demonstration's requesters invited and a few answers."""
    survey = _new(period, max(period.last, today + timedelta(days=14)))
    service_surveys.open_period(survey, by=by)
    service_surveys.invite(survey, by=by)
    invitations = list(survey.invitations.select_related("opd").order_by("pk")[:4])
    offices = [invitation.opd for invitation in invitations]
    for invitation, said in zip(invitations, _answers(offices, services, seed=2), strict=True):
        service_surveys.answer_invitation(invitation.token, said, form=uuid4())
    for said in _answers([opds[0]] * 5 + [opds[1]] * 4, services, seed=3):
        service_surveys.answer_open(survey, said, form=uuid4())
    return survey


def _draft(period: Period) -> SurveyPeriod:
    return _new(period, period.last)


def _new(period: Period, until: date) -> SurveyPeriod:
    quarter = (period.first.month + 2) // 3
    return SurveyPeriod.objects.create(
        title=f"Triwulan {quarter} tahun {period.first.year} (contoh)",
        first_day=period.first,
        last_day=period.last,
        answers_until=until,
        open_link=True,
    )


def _answers(offices: list[Opd], services: list[Service], *, seed: int) -> Iterator[Said]:
    chance = random.Random(seed)  # noqa: S311 - invented answers, no secret
    for place, opd in enumerate(offices):
        scores = {code: chance.choice(_scores(code)) for code in ELEMENTS}
        suggestion = _SUGGESTIONS[place // 9 % 4] if place % 9 == 0 else ""
        yield Said(opd, scores | {"U4": 4}, chance.choice([None, *services]), suggestion)


def _scores(code: str) -> list[int]:
    fours, threes, twos = _MOODS.get(code, _USUAL)
    return [4] * fours + [3] * threes + [2] * twos


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), agency_zone()).astimezone(UTC)
