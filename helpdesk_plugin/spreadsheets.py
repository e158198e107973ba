"""Values as spreadsheets may hold them: without control characters, inert, on the agency's clocks."""

import re
from datetime import datetime

from django.utils import timezone

#: What the spreadsheet format cannot hold, and what no reader of one needs.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain_cell(text: str) -> str:
    """Text without control characters and lone surrogates."""
    return _UNWANTED.sub("", text)


def inert_cell(text: str) -> str:
    """Text that no spreadsheet program takes for a formula when it opens a CSV file."""
    text = plain_cell(text)
    return (
        f"'{text}"
        if text.lstrip(" ").startswith(_FORMULA_STARTS) or text.startswith(_FORMULA_STARTS)
        else text
    )


def local_naive(at: datetime) -> datetime:
    """A moment on the clock of the person who exports; spreadsheets know no time zones."""
    return timezone.make_naive(timezone.localtime(at)).replace(microsecond=0)
