"""What goes wrong: each fault is one function that breaks something and, where it must, mends it again."""

import os
import random
import signal
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.chaos.post import Post
from bench.chaos.programs import Program

PROGRAMS = ("worker", "outbox", "tick")
SENDERS = {"worker", "outbox"}


@dataclass
class World:
    """Everything that can be broken; ``full_disk`` is a file system of its own, ``clock`` sets the clock.

    ``moments``: when a sender was killed or lost its mail server, so that it could not settle its message.
    """

    chance: random.Random
    programs: dict[str, Program]
    post: Post
    postgres: Path | None
    sqlite: Path | None
    full_disk: Path | None
    clock: Path
    kills: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    moments: list[float] = field(default_factory=list)
    _busy: set[str] = field(default_factory=set)

    def killed(self, what: str) -> None:
        self.kills[what] += 1
        if what in SENDERS:
            self.moments.append(time.monotonic())

    def for_a_while(
        self, what: str, seconds: float, begin: Callable[[], None], end: Callable[[], None]
    ) -> None:
        """Break something now and mend it later, while other faults go on; once at a time."""
        if what in self._busy:
            return
        self._busy.add(what)
        self.others[what] += 1
        begin()

        def mend() -> None:
            time.sleep(seconds)
            end()
            self._busy.discard(what)

        threading.Thread(target=mend, daemon=True).start()

    def wait_until_mended(self) -> None:
        while self._busy:
            time.sleep(0.1)


# --- Kills -----------------------------------------------------------------------------------------------


def kill_web_worker(world: World) -> None:
    if world.programs["web"].kill_child(world.chance):
        world.killed("web worker")


def kill_web(world: World) -> None:
    if world.programs["web"].kill():
        world.killed("web server")


def kill_program(world: World) -> None:
    name = world.chance.choice(PROGRAMS)
    if world.programs[name].kill():
        world.killed(name)


def kill_database(world: World) -> None:
    """PostgreSQL: a backend is killed, the server is stopped without a checkpoint, or killed outright."""
    if world.postgres is None:
        kill_web_worker(world)
        return
    pid = _postmaster(world.postgres)
    if pid is None:
        return
    how = world.chance.choice(("backend", "immediate stop", "server"))
    try:
        if how == "backend":
            found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True)
            os.kill(int(world.chance.choice(found.stdout.split())), signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGQUIT if how == "immediate stop" else signal.SIGKILL)
    except (ProcessLookupError, IndexError):
        return
    world.killed(f"database: {how}")


def _postmaster(data: Path) -> int | None:
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 0)
    except (OSError, ValueError, IndexError):
        return None
    return pid


def keep_database(data: Path, over: threading.Event) -> threading.Thread:
    """Start PostgreSQL again whenever it is down, as its own service does."""

    def keep() -> None:
        while not over.wait(0.3):
            if _postmaster(data) is None:
                subprocess.run([data.parent / "start"], capture_output=True)

    thread = threading.Thread(target=keep, daemon=True)
    thread.start()
    return thread


# --- Other faults ----------------------------------------------------------------------------------------


def mail_away(world: World) -> None:
    def close() -> None:
        world.post.close()
        # Each of the senders may have been in the middle of a message.
        world.moments.extend([time.monotonic()] * len(SENDERS))

    world.for_a_while("mail server away", world.chance.uniform(1, 6), close, world.post.open)


def mail_breaks_off(world: World) -> None:
    world.post.break_off_once()
    world.others["mail server breaks off after taking a message"] += 1


def disk_full(world: World) -> None:
    """The disk has no byte left for a while; what is on it stays."""
    if world.full_disk is None:
        return
    disk = str(world.full_disk)

    def fill() -> None:
        status = os.statvfs(disk)
        used = (status.f_blocks - status.f_bfree) * status.f_frsize
        # A little above what is used, so that the end comes in the middle of something.
        _resize(disk, used + world.chance.randrange(0, 256) * 1024)

    world.for_a_while("disk full", world.chance.uniform(1, 4), fill, lambda: _resize(disk, DISK_SIZE))


DISK_SIZE = 4 * 1024**3


def _resize(disk: str, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", disk], check=False)


def clock_steps(world: World) -> None:
    """The machine's clock jumps by up to three hours, in either direction, and back."""
    clock, jump = world.clock, world.chance.choice((-1, 1)) * world.chance.uniform(60, 3 * 3600)
    world.for_a_while(
        "clock step",
        world.chance.uniform(3, 8),
        lambda: set_clock(clock, jump),
        lambda: set_clock(clock, 0),
    )


def set_clock(clock: Path, seconds_off: float) -> None:
    """Set the clock that `bench.chaos.settings` goes by."""
    fresh = clock.with_suffix(".new")
    fresh.write_text(f"{seconds_off:.0f}")
    fresh.replace(clock)


def database_busy(world: World) -> None:
    """SQLite: somebody else writes for some seconds, as a backup or a long import does."""
    if world.sqlite is None:
        return
    path = world.sqlite

    def hold() -> None:
        with sqlite3.connect(path, timeout=30, isolation_level=None) as connection:
            connection.execute("BEGIN IMMEDIATE")
            time.sleep(world.chance.uniform(1, 5))
            connection.execute("ROLLBACK")

    world.for_a_while("database held by another writer", 0, lambda: None, hold)


KILLS: tuple[tuple[Callable[[World], None], int], ...] = (
    (kill_web_worker, 38),
    (kill_web, 12),
    (kill_program, 32),
    (kill_database, 18),
)
OTHERS: tuple[tuple[Callable[[World], None], int], ...] = (
    (mail_away, 4),
    (mail_breaks_off, 4),
    (disk_full, 4),
    (clock_steps, 4),
    (database_busy, 2),
)


def one_of(chance: random.Random, faults: tuple[tuple[Callable[[World], None], int], ...]) -> Callable:
    """A fault by its weight."""
    return chance.choices([fault for fault, _weight in faults], [weight for _fault, weight in faults])[0]
