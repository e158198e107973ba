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
    told = ngettext("of %(n)s", "of %(n)s", cases) % {"n": number(cases)}
    if is_few(cases):
        told = _("%(of)s, few cases") % {"of": told}
    return Cell(f"{number(value)} %", url, told)


def compared(change: Change, *, points: bool = False) -> str:
    """A change in words: ``8 before, +4 (+50 %)``; of shares in percentage points."""
    unit = " %" if points else ""
    told = _("%(n)s before") % {"n": "–" if change.before is None else f"{number(change.before)}{unit}"}
    if change.difference is None:
        return told
    more = _("%(n)s points") % {"n": signed(change.difference)} if points else signed(change.difference)
    if change.percent is not None and not points:
        more = f"{more} ({signed(change.percent)} %)"
    return f"{told}, {more}"


def signed(value: int | Decimal) -> str:
    """A figure with its sign; nought has none."""
    return f"{'+' if value > 0 else ''}{number(value)}"
