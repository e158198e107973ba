"""What a survey period came to as files: the raw answers for whoever recomputes, the worksheet for the e-SKM.

Neither names a person, a time or a suggestion. Answers stand in the order of their random keys, which tells
nothing of who answered first.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils import translation

from helpdesk_plugin import conf, survey_results
from helpdesk_plugin.domain.ikm import ELEMENTS, ENOUGH, Index
from helpdesk_plugin.domain.indonesia import decimal_comma
from helpdesk_plugin.labels import IKM_GRADE
from helpdesk_plugin.models import SurveyPeriod, SurveyResponse
from helpdesk_plugin.models.service_surveys import SCORES
from helpdesk_plugin.spreadsheets import inert_cell

#: What stands in place of the names of agencies or services with too few answers.
OTHERS = "Lainnya (jawaban terlalu sedikit)"
#: By what the raw answers are grouped. Never by both: agency and service together point at people.
GROUPS: dict[str, tuple[str, str]] = {
    "opd": ("opd", "opd__short_name"),
    "service": ("layanan", "service__name"),
}
#: Programs in Indonesian take a comma for the decimal sign, and then a semicolon parts the columns.
_INDONESIAN = {"delimiter": ";"}
_BOM = "\ufeff"


def raw_answers(period: SurveyPeriod, group: str = "opd") -> str:
    """Every answer as a line of a CSV file: period, agency (or service), how it came, nine scores.

    A blank score was left blank. Two queries. Raises KeyError for another ``group`` than those of `GROUPS`.
    """
    heading, label = GROUPS[group]
    few = survey_results.small_groups(period, group)
    answers = SurveyResponse.objects.filter(period=period).order_by("pk")
    rows = answers.values_list(f"{group}_id", label, "door", *SCORES)
    lines: list[Sequence[Any]] = [["periode", heading, "cara_masuk", *ELEMENTS]]
    for key, name, door, *scores in rows:
        named = "" if key is None else OTHERS if key in few else name
        lines.append([period.title, named, door, *("" if score is None else score for score in scores)])
    return _csv(lines)


def worksheet(period: SurveyPeriod, agency: str) -> str:
    """The worksheet of the regulation as a CSV file for the regency's e-SKM: answers, sums, NRR, IKM.

    ``agency`` is the name of the unit that was judged. Numbers are written with a decimal comma, columns are
    parted by semicolons. Three queries.
    """
    answers = SurveyResponse.objects.filter(period=period).order_by("pk").values_list(*SCORES)
    with translation.override(conf.content_language()):
        return _BOM + _csv(_lines(period, agency, answers), **_INDONESIAN)


def _lines(period: SurveyPeriod, agency: str, answers: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    index = survey_results.index_of_period(period)
    return [
        ["Pengolahan data survei kepuasan masyarakat per responden dan per unsur pelayanan"],
        ["Unit pelayanan", agency],
        ["Periode survei", period.title],
        ["Layanan yang dinilai", f"{period.first_day:%d-%m-%Y} s.d. {period.last_day:%d-%m-%Y}"],
        [],
        ["No.", *ELEMENTS],
        *([n, *("" if score is None else score for score in row)] for n, row in enumerate(answers, start=1)),
        *_summary(index),
        [],
        *(["Unsur", code, name] for code, name in survey_results.names_of(period).items()),
    ]


def _summary(index: Index) -> Iterator[list[Any]]:
    yield ["Jumlah nilai per unsur", *(one.total for one in index.elements)]
    yield ["Jumlah jawaban terisi", *(one.filled for one in index.elements)]
    yield ["NRR per unsur", *(_written(one.nrr) for one in index.elements)]
    yield ["NRR tertimbang per unsur (x 1/9)", *(_written(one.weighted) for one in index.elements)]
    yield []
    yield ["IKM unit pelayanan (x 25)", _written(index.value)]
    yield ["Mutu pelayanan", index.grade.value if index.grade else "–"]
    yield ["Kinerja unit pelayanan", str(IKM_GRADE[index.grade]) if index.grade else "–"]
    yield ["Jumlah responden", index.respondents]
    if not index.is_enough:
        yield ["Catatan", f"Belum cukup responden (kurang dari {ENOUGH})"]


def _written(figure: Decimal | None) -> str:
    return "" if figure is None else decimal_comma(figure)


def _csv(lines: Iterable[Sequence[Any]], **style: Any) -> str:
    """Lines as CSV; texts that a spreadsheet program would take for a formula are made inert."""
    written = io.StringIO()
    writer = csv.writer(written, **style)
    for line in lines:
        writer.writerow([inert_cell(cell) if isinstance(cell, str) else cell for cell in line])
    return written.getvalue()
