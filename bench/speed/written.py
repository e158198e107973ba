"""The figures as tables in bench/RESULTS.md."""

import os
import platform
import re
import sqlite3
import textwrap
from datetime import date
from pathlib import Path

import django
import wagtail

from bench.speed.measure import Figure
from bench.speed.places import ROOT
from bench.speed.reference import INSERT, LIST, NAMES

RESULTS = ROOT / "bench" / "RESULTS.md"
BEGIN, END = "<!-- make bench: begin -->", "<!-- make bench: end -->"
#: The goals: growth from the smallest to the largest; within so many times the bare list, the bare INSERT.
GROWTH, OF_LIST, OF_INSERT = 1.3, 2.0, 3.0
SUBMIT = "submit"


class Told:
    """What was measured on one database."""

    def __init__(self, vendor: str, version: str, bare: list[Figure]) -> None:
        self.vendor, self.version = vendor, version
        self.bare = {figure.name: figure for figure in bare}
        self.by_size: dict[int, dict[str, Figure]] = {}
        self.workers: dict[int, tuple[float, float]] = {}

    @property
    def sizes(self) -> list[int]:
        return sorted(self.by_size)

    def of(self, name: str) -> list[Figure]:
        """One operation at each size."""
        return [self.by_size[size][name] for size in self.sizes]

    def misses(self) -> list[str]:
        """The goals that were not met, in sentences; empty when all were."""
        found = []
        for name in self.by_size[self.sizes[0]]:
            small, large = self.of(name)[0], self.of(name)[-1]
            if large.p50 > GROWTH * small.p50 and not small.grows:
                found.append(f"{name} grows {large.p50 / small.p50:.2f} times (goal {GROWTH})")
            if large.like_bare and large.p50 > OF_LIST * self.bare[NAMES[LIST]].p50:
                times = large.p50 / self.bare[NAMES[LIST]].p50
                found.append(f"{name} takes {times:.2f} times the bare list (goal {OF_LIST:.0f})")
        submit, insert = self.of(SUBMIT)[-1].p50, self.bare[NAMES[INSERT]].p50
        if submit > OF_INSERT * insert:
            found.append(f"{SUBMIT} takes {submit / insert:.1f} times the bare INSERT (goal {OF_INSERT:.0f})")
        return found

    def lines(self) -> list[str]:
        """The table of this database."""
        sizes = self.sizes
        head = [f"### {self.vendor} {self.version}", ""]
        head.append(
            "| operation | " + " | ".join(f"{size:,}" for size in sizes) + " | growth | × bare list |"
        )
        head.append("|---|" + "---:|" * (len(sizes) + 2))
        rows = [self._row(name) for name in self.by_size[sizes[0]]]
        bare = [f"| {one.name} | {_cell(one)} |" + " |" * (len(sizes) + 1) for one in self.bare.values()]
        return [*head, *bare, *rows, "", *self._processes(), "", *self._verdict()]

    def _row(self, name: str) -> str:
        figures = self.of(name)
        growth, bare = figures[-1].p50 / figures[0].p50, figures[-1].p50 / self.bare[NAMES[LIST]].p50
        cells = [_cell(figure) for figure in figures]
        return f"| {name} | " + " | ".join(cells) + f" | {growth:.2f} | {bare:.2f} |"

    def _processes(self) -> list[str]:
        told = [
            f"{size:,} tickets: {memory:.0f} MB a worker, first page {cold:.1f} s after the start"
            for size, (memory, cold) in sorted(self.workers.items())
        ]
        return ["After all of this: " + "; ".join(told) + "."]

    def _verdict(self) -> list[str]:
        misses = self.misses()
        return (
            ["Every goal is met."] if not misses else ["Goals not met:", "", *(f"- {one}" for one in misses)]
        )


def _cell(figure: Figure) -> str:
    often = f", {figure.a_second:.0f}/s" if figure.a_second else ""
    return f"{figure.p50:.0f} / {figure.p95:.0f}{often}"


def write(told: list[Told], command: str, minutes: float, pictures: list[str]) -> None:
    """Put the tables in their place in the results; what stands around them stays."""
    text = RESULTS.read_text()
    section = "\n".join([BEGIN, *_introduction(command, minutes), *_bodies(told), *_curves(pictures), END])
    if BEGIN in text:
        text = re.sub(f"{re.escape(BEGIN)}.*{re.escape(END)}", lambda _old: section, text, flags=re.DOTALL)
    else:
        text = f"{text.rstrip()}\n\n{section}\n"
    RESULTS.write_text(text)


def _bodies(told: list[Told]) -> list[str]:
    return [line for one in told for line in ("", *one.lines())]


def _curves(pictures: list[str]) -> list[str]:
    return ["", "Growth of the medians:", "", *(f"![{name}](curves/{name}.svg)" for name in pictures), ""]


def _introduction(command: str, minutes: float) -> list[str]:
    machine = f"{os.cpu_count()} cores ({_processor()}), {_memory()} GB of memory, {platform.system()}"
    kernel = platform.release().partition("-")[0]
    run = f"`{command}`, {date.today():%-d %B %Y}, {minutes:.0f} minutes on {machine} {kernel}."
    versions = (
        f"Python {platform.python_version()}, Django {django.__version__}, Wagtail {wagtail.__version__}."
    )
    goals = _GOALS.format(growth=GROWTH, bare=OF_LIST, insert=OF_INSERT)
    paragraphs = (f"{run} {versions} {_HOW}", _WHAT, goals)
    told = [line for one in paragraphs for line in ("", *textwrap.wrap(one, 118, break_on_hyphens=False))]
    return ["## Speed at a million tickets", *told]


_HOW = (
    "Gunicorn with two workers of eight threads and the production settings; both databases commit durably. "
    "Over loopback, client and server on the same cores. A cell holds the median and the 95th percentile of "
    "one person's answers in milliseconds, and how many a second four people at once were given."
)
_WHAT = (
    "Every ticket has three to twelve ledger entries, step records, field history, searchable text, a "
    "message and what else belongs to it. The last two months are the same at every size, with 200 open "
    "tickets at the smallest and 600 at the largest; what grows is the past, a fortnight of 4,000 tickets "
    "after the other."
)
_GOALS = (
    "Goals: no median grows more than {growth} times from the smallest size to the largest; lists, searches "
    "and a ticket's page within {bare:.0f} times the list of a bare snippet; submitting within {insert:.0f} "
    "times a view that commits one row."
)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3)


def sqlite_version() -> str:
    return sqlite3.sqlite_version
