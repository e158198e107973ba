"""Figures as a table shows them: written in the reader's language, each with the way to what is behind it."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helpdesk_plugin.domain.figures import Change, is_few

Figure = int | Decimal | None


@dataclass(frozen=True)
class Cell:
    """A figure in words; ``url`` leads to the tickets behind it, ``beside`` stands smaller after it."""

    text: str
    url: str = ""
    beside: str = ""


def number(value: Figure) -> str:
    """``1.234`` or ``93,4``; a dash for none."""
    return "–" if value is None else number_format(value, use_l10n=True, force_grouping=True)


def count(value: int, url: str = "") -> Cell:
    """A count. Nought leads nowhere."""
    return Cell(number(value), url if value else "")


def percent(value: Decimal | None, cases: int, url: str = "") -> Cell:
    """A share with the number of cases that it rests on; few cases say so."""
    if value is None:
        return Cell("–")
    of = ngettext("of %(n)s", "of %(n)s", cases) % {"n": number(cases)}
    few = f", {_('few cases')}" if is_few(cases) else ""
    return Cell(f"{number(value)} %", url, f"{of}{few}")


def compared(change: Change, *, points: bool = False) -> str:
    """A change in words: ``8 before, +4 (+50 %)``; of shares in percentage points."""
    unit = " %" if points else ""
    told = _("%(n)s before") % {"n": f"{number(change.before)}{unit}" if change.before is not None else "–"}
    if change.difference is None:
        return told
    signed = f"{'+' if change.difference > 0 else ''}{number(change.difference)}"
    if points:
        return f"{told}, {_('%(n)s points') % {'n': signed}}"
    more = (
        "" if change.percent is None else f" ({'+' if change.percent > 0 else ''}{number(change.percent)} %)"
    )
    return f"{told}, {signed}{more}"
