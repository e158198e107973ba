"""QR codes as a drawing that a template can write: no picture file, no style, no further request."""

from dataclasses import dataclass
from itertools import groupby

import segno

#: White modules around the code; scanners need four.
QUIET_ZONE = 4


@dataclass(frozen=True)
class QrCode:
    """An SVG path of the dark modules in a square of ``side`` units, quiet zone included."""

    side: int
    path: str


def qr_code(text: str) -> QrCode:
    """The QR code of a text; a sheet that was folded or stained (15 %) is still read.

    Raises ValueError when the text is longer than a QR code can hold.
    """
    rows = list(segno.make_qr(text, error="m").matrix_iter(border=QUIET_ZONE))
    return QrCode(len(rows), "".join(_line(y, row) for y, row in enumerate(rows)))


def _line(y: int, row) -> str:
    """The dark runs of one row, each as a bar one unit high."""
    x, bars = 0, []
    for dark, modules in groupby(row, bool):
        width = len(list(modules))
        if dark:
            bars.append(f"M{x} {y}h{width}v1H{x}z")
        x += width
    return "".join(bars)
