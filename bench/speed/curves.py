"""How medians grow with the number of tickets, as SVG."""

import re
from pathlib import Path

import pygal
from pygal.style import CleanStyle

from bench.speed.places import ROOT
from bench.speed.written import Told

FOLDER = ROOT / "bench" / "curves"
#: Charts by the beginnings of the names that they hold.
CHARTS = {
    "lists": ("list:", "tab:"),
    "search": ("search:",),
    "writes": ("submit", "step:", "reply", "tracker: number"),
    "pages": ("a ticket", "form", "home", "inbox", "report", "steps of", "register", "ledger", "messages"),
    "portal": ("site", "status", "feed", "a service", "the requester"),
}


def draw(told: list[Told]) -> list[str]:
    """A chart for each kind of operation and database; returns their names."""
    FOLDER.mkdir(exist_ok=True)
    names = []
    for one in told:
        for kind, beginnings in CHARTS.items():
            name = f"{one.vendor.lower()}-{kind}"
            _draw(one, beginnings, FOLDER / f"{name}.svg", f"{one.vendor}: {kind}, milliseconds (median)")
            names.append(name)
    return names


def _draw(one: Told, beginnings: tuple[str, ...], file: Path, title: str) -> None:
    chart = pygal.Line(
        title=title,
        x_labels=[f"{size:,}" for size in one.sizes],
        style=CleanStyle,
        js=(),
        include_x_axis=True,
        legend_at_bottom=True,
        legend_at_bottom_columns=3,
        width=900,
        height=560,
    )
    for name in one.by_size[one.sizes[0]]:
        if name.startswith(beginnings):
            chart.add(name, [round(figure.p50, 1) for figure in one.of(name)])
    # The chart carries settings for a script that is not there.
    file.write_text(re.sub(r"<script.*?</script>", "", chart.render(is_unicode=True), flags=re.DOTALL))
