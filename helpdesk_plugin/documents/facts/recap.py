"""Rekap bulanan: tables of figures, signed by whoever made them and by the division head.

Reports work the figures out; a figure is a number, a `Decimal` or a text that is printed as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from helpdesk_plugin.documents.people import Signatories, Signature
from helpdesk_plugin.documents.sketch import Sketch, Slip, sketch
from helpdesk_plugin.domain.indonesia import decimal_comma

Figure = str | int | float | Decimal | None


@dataclass(frozen=True)
class RecapTable:
    """One table: the first column is text, the others are figures. ``note`` stands below it."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Figure]]
    note: str = ""

    @property
    def lines(self) -> list[tuple[str, list[str]]]:
        return [(written(row[0]), [written(figure) for figure in row[1:]]) for row in self.rows]


def facts_of(
    tables: Sequence[RecapTable], slip: Slip, *, period: str, summary: Sequence[str] = (), head: Any = None
) -> Sketch:
    """The recap of a period in words ("November 2026"); ``head`` is the user who signs as division head."""
    people = Signatories([slip.by, head])
    knows = people.signature(head, "division_head", heading="Mengetahui") if head else Signature("Mengetahui")
    context = {
        "period": period,
        "summary": summary,
        "tables": tables,
        "signature": people.signature(slip.by, heading="Yang membuat"),
        "knows": knows,
    }
    return sketch(slip, period, context)


def written(figure: Figure) -> str:
    """A figure as it is printed: thousand dots, decimal comma, a dash for none."""
    if figure is None:
        return "–"
    return figure if isinstance(figure, str) else decimal_comma(figure)
