"""The production server, as the Procfile starts it: gunicorn, two workers with eight threads each."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.speed.browser import Browser, Unexpected
from bench.speed.places import ROOT, Place

WORKERS, THREADS = 2, 8


@dataclass(frozen=True)
class Running:
    """A server that answers: its port, and the seconds from its start to its first page."""

    port: int
    process: subprocess.Popen
    cold_start: float

    def megabytes_a_worker(self) -> float:
        """Memory of a worker that nobody else has (what it shares with the others counted in part)."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        sizes = [_own_memory(int(child)) for child in children]
        return sum(sizes) / len(sizes)


def _own_memory(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


@contextmanager
def serving(place: Place, first_page: str, settings: str = "site_project.settings.production"):
    """The server while it is needed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)]
    command += ["--threads", str(THREADS), "--timeout", "120", "--no-control-socket", "--log-level", "error"]
    environment = place.environment(port, settings)
    began = time.perf_counter()
    with (place.directory / "server.log").open("w") as log:
        process = subprocess.Popen(
            [*command, "site_project.wsgi"],
            cwd=ROOT,
            env=environment,
            start_new_session=True,
            stdout=log,
            stderr=log,
        )
    try:
        _wait(port, first_page, process)
        yield Running(port, process, time.perf_counter() - began)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)


def _wait(port: int, first_page: str, process: subprocess.Popen) -> None:
    browser = Browser(port)
    for _attempt in range(1200):
        try:
            browser.get(first_page)
            return
        except Unexpected:
            raise
        except OSError:
            if process.poll() is not None:
                raise SystemExit("The server did not start; see server.log in its directory.") from None
            time.sleep(0.05)
    raise TimeoutError
