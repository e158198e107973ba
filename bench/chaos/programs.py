"""The programs of the product as a supervisor such as systemd keeps them: whatever ends is started again."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def production_commands() -> dict[str, str]:
    """Name → command of every program in the Procfile, which is what a server runs."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    named = (line.partition(": ") for line in lines if ": " in line)
    return {name: command.rpartition("exec ")[2] for name, _colon, command in named}


class Program:
    """One program, started again as soon as it ends, until it is let go."""

    def __init__(self, name: str, command: str, environment: Mapping[str, str], log: Path) -> None:
        self.name, self._command, self._environment, self._log = name, command, environment, log
        self._process: subprocess.Popen[bytes] | None = None
        self._over, self._held = threading.Event(), threading.Event()
        self._keeper = threading.Thread(target=self._keep, name=name, daemon=True)
        self.starts = 0

    def start(self) -> None:
        self._keeper.start()

    def kill(self) -> bool:
        """End it and all its children at once; False if there was nothing to end."""
        return self._signal(signal.SIGKILL)

    def kill_child(self, chance: random.Random) -> bool:
        """End one of its children at once, as the kernel does when memory runs out."""
        process = self._process
        if process is None:
            return False
        found = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True)
        children = [int(pid) for pid in found.stdout.split()]
        if not children:
            return False
        try:
            os.kill(chance.choice(children), signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    def hold(self) -> None:
        """End it at once, and leave it so until `resume`."""
        self._held.set()
        self.kill()

    def resume(self) -> None:
        self._held.clear()

    def let_go(self) -> None:
        """Ask it to end, and wait for that."""
        self._over.set()
        self._signal(signal.SIGTERM)
        self._keeper.join(timeout=40)
        self.kill()

    def _signal(self, number: int) -> bool:
        process = self._process
        if process is None or process.poll() is not None:
            return False
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            return False
        return True

    def _keep(self) -> None:
        with self._log.open("ab") as log:
            while not self._over.wait(0.2):
                if self._held.is_set():
                    continue
                self._process = subprocess.Popen(
                    ["/bin/sh", "-c", f"exec {self._command}"],
                    cwd=ROOT,
                    env=self._environment,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
                self.starts += 1
                self._process.wait()
                # Its children may outlive it; a supervisor ends the whole group before it starts anew.
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self._process.pid, signal.SIGKILL)


def run(environment: Mapping[str, str], *arguments: str, kill_after: float | None = None, log: Path) -> bool:
    """Run a management command and return whether it ended well; ``kill_after`` seconds it is killed."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=out,
        )
        try:
            return process.wait(timeout=kill_after) == 0
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return False


def troubles_in(log: Path) -> int:
    """How many tracebacks a log holds: what the product complained of while it was being broken."""
    return log.read_text(errors="replace").count("Traceback (most recent") if log.exists() else 0


def wait_until_answered(url: str, seconds: float = 90) -> None:
    """Return when the site says that it is ready. Raises TimeoutError."""
    import requests

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if requests.get(f"{url}/readyz", timeout=10).ok:
                return
        except requests.RequestException:
            pass
        time.sleep(0.2)
    raise TimeoutError(url)
