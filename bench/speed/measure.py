"""Every operation on one database, one after the other: how long it takes, and how many a second."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median, quantiles

from bench.speed import people, walk
from bench.speed.browser import Answer, Browser, fields_of, filled
from bench.speed.operations import Read, reads
from bench.speed.server import Running

#: Bounds of count: answers of one person after the other, and of several at once.
ROUNDS, AT_ONCE, CROWD, WALKS = 15, 4, 12, 8
_OFFICERS = ("prakom", "teknisi", "kabid", "kadis", "auditor")


@dataclass(frozen=True)
class Figure:
    """One operation: milliseconds (median, 95th percentile) and, of pages, answers a second to several."""

    name: str
    p50: float
    p95: float
    a_second: float = 0.0
    grows: bool = False
    like_bare: bool = False


def figure(name: str, times: list[float], a_second: float = 0.0, **marks: bool) -> Figure:
    return Figure(name, median(times), quantiles(times, n=20, method="inclusive")[-1], a_second, **marks)


class Bench:
    """One running server, its officers, and a citizen with a ticket."""

    def __init__(self, server: Running, facts: dict, rounds: int = ROUNDS) -> None:
        self.port, self.month, self.rounds = server.port, facts["month"], rounds
        self.people = {name: people.officer(self.port, name) for name in _OFFICERS}
        self.filed = people.file_a_report(self.port)
        self.people |= {"citizen": self.filed.citizen, "": Browser(self.port)}
        self.ticket = walk.page_of(self.people["prakom"], self.filed)
        self.old = f"{walk.LIST}{facts['old']}/"

    def figures(self) -> list[Figure]:
        """Writes first, on a desk that nobody has warmed by reading."""
        return [*self._writes(), *self._steps(), *self._reads(), self._export()]

    def _writes(self) -> list[Figure]:
        port, rounds = self.port, self.rounds
        plain = [people.file_a_report(port).answer for _n in range(rounds)]
        with_file = [people.file_a_report(port, with_file=True).answer for _n in range(rounds)]
        tracked = [people.track(port, self.filed) for _n in range(rounds)]
        return [
            figure("submit", _times(plain)),
            figure("submit with a file", _times(with_file)),
            figure("tracker: number and code", _times(tracked)),
        ]

    def _steps(self) -> list[Figure]:
        """Tickets go the whole way together, a step at a time; then one is written to."""
        desk = self.people["prakom"]
        tickets = [walk.page_of(desk, people.file_a_report(self.port)) for _n in range(WALKS)]
        # One step of the bench's own ticket, so that its page has a diagnosis to come.
        for stride in walk.WAY[:4]:
            walk.take(stride, self.people[stride.who], self.ticket)
        found = []
        for stride in walk.WAY:
            answers = [walk.take(stride, self.people[stride.who], ticket) for ticket in tickets]
            found.append(figure(f"step: {stride.act}", _times(answers)))
        answers = [walk.reply(desk, self.ticket, number) for number in range(WALKS)]
        return [*found, figure("reply", _times(answers))]

    def _reads(self) -> list[Figure]:
        own = f"/help-desk/tiket/{self.filed.number}/"
        return [self._read(one) for one in reads(self.ticket, self.old, own, self.month)]

    def _read(self, one: Read) -> Figure:
        browser = self.people[one.who]
        crowd(lambda: browser.get(one.path), AT_ONCE)
        times = _times([browser.get(one.path) for _n in range(self.rounds)])
        a_second = crowd(lambda: browser.get(one.path), CROWD)
        return figure(one.name, times, a_second, grows=one.grows, like_bare=one.like_bare)

    def _export(self) -> Figure:
        reader = self.people["auditor"]
        address = f"/admin/helpdesk/reports/exports/?period={self.month}"
        fields = filled(fields_of(reader.get(address).page, ""), layout="csv")
        answers = [reader.post(address, fields, expect=200) for _n in range(5)]
        return figure("export of a month", _times(answers))


def _times(answers: list[Answer]) -> list[float]:
    return [answer.milliseconds for answer in answers]


def crowd(one: Callable[[], object], count: int) -> float:
    """So many answers to several at once; how many there were a second."""
    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda _n: one(), range(count)))
    return count / (time.perf_counter() - began)
