"""What requesters thought of it, for the recap: ratings after closing, and the index of surveys (IKM)."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Count, Q

from helpdesk_plugin import labels, survey_results
from helpdesk_plugin.documents.facts.recap import Figure, RecapTable
from helpdesk_plugin.domain.figures import share
from helpdesk_plugin.domain.ikm import ENOUGH, Index
from helpdesk_plugin.domain.indonesia import decimal_comma
from helpdesk_plugin.models import Satisfaction, SurveyAnswer, SurveyPeriod
from helpdesk_plugin.reports.scope import Scope, within

_NOTE = f"Di bawah {ENOUGH} responden, IKM diberi catatan “belum cukup responden” (Permen PANRB 14/2017)."


def satisfaction_of(scope: Scope) -> RecapTable:
    """Ratings given in the period, and the index of each survey about it. Two queries, one more a survey."""
    return RecapTable("Kepuasan pengguna layanan", ("Uraian", "Nilai"), list(_rows(scope)), _NOTE)


def _rows(scope: Scope) -> Iterator[tuple[str, Figure]]:
    rated, satisfied = _ratings(scope)
    yield "Penilaian setelah tiket ditutup", rated
    yield "Puas atau sangat puas (%)", share(satisfied, rated)
    for period in surveys_of(scope):
        index = survey_results.index_of_period(period)
        yield f"IKM {period.title}", _said(index)
        yield f"Responden {period.title}", index.respondents


def _ratings(scope: Scope) -> tuple[int, int]:
    answers = scope.of_tickets(SurveyAnswer.objects.filter(within("at", scope.span)))
    good = Q(score__gte=Satisfaction.SATISFIED)
    found = answers.aggregate(rated=Count("pk"), satisfied=Count("pk", filter=good))
    return found["rated"], found["satisfied"]


def surveys_of(scope: Scope) -> tuple[SurveyPeriod, ...]:
    """The opened survey periods about any day of the period, oldest first."""
    opened = SurveyPeriod.objects.filter(opened_at__isnull=False)
    touching = opened.filter(first_day__lte=scope.period.last, last_day__gte=scope.period.first)
    return tuple(touching.order_by("first_day", "pk"))


def _said(index: Index) -> str:
    """``83,33 (B – Baik), belum cukup responden``; a dash while there is no index."""
    value: Decimal | None = index.value
    if value is None or index.grade is None:
        return "–"
    told = f"{decimal_comma(value)} ({index.grade.value} – {labels.IKM_GRADE[index.grade]})"
    return told if index.is_enough else f"{told}, belum cukup responden"
