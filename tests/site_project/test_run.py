"""`make run`: everything starts with one command, and one Ctrl-C leaves nothing behind."""

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings

from tests.mail_server import free_port
from tests.migrated_database import kept_path

PATIENCE = 400  # seconds; the machine may be busy with other tests


class Running:
    """The site, started as `make run` starts it."""

    def __init__(self, var: Path, **environment: str) -> None:
        self.port = free_port()
        self.log = var / f"{environment.get('MODE', 'dev')}.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "scripts/run.py"],
                cwd=settings.BASE_DIR,
                env={
                    "PATH": os.environ["PATH"],
                    "HELPDESK_VAR": str(var),
                    "PORT": str(self.port),
                    **environment,
                },
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    @property
    def said(self) -> str:
        return self.log.read_text()

    def page(self, path: str) -> str:
        """Return a page, waiting for the server to come up."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as response:
                    return response.read().decode()
            except URLError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError(f"the site did not come up:\n{self.said}") from None
                time.sleep(0.2)

    def interrupt(self) -> None:
        """Press Ctrl-C and wait for the end."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=PATIENCE)

    def processes(self) -> dict[str, int]:
        """Return the processes that were started: name in the Procfile and number."""
        started = re.findall(r"(\w+)\.1 started \(pid=(\d+)\)", self.said)
        return {name: int(pid) for name, pid in started}


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def var(django_db_setup: None, tmp_path: Path) -> Path:
    """A directory for the site's state; migrated already if that is possible, to save time."""
    kept = kept_path()
    if kept is not None and kept.exists():
        shutil.copyfile(kept, tmp_path / "db.sqlite3")
    return tmp_path


@contextmanager
def running(var: Path, mode: str) -> Iterator[Running]:
    site = Running(var, MODE=mode)
    try:
        yield site
    finally:
        if site.process.poll() is None:
            site.process.terminate()
            site.process.wait(timeout=PATIENCE)


def test_run_starts_everything_in_both_modes_on_the_same_data_and_ctrl_c_leaves_nothing(var: Path) -> None:
    kept = []
    for mode in ("dev", "production"):
        with running(var, mode) as site:
            assert '<html lang="id"' in site.page("/")
            if mode == "production":
                every_static_file_was_collected_under_a_hashed_name(var / "static")
                # No word of warning but that of the demonstration accounts, until the addresses follow.
                warned = site.said.split("Collecting the static files …\n")[1].split("\n\n")[0]
                assert re.fullmatch(r"Akun peragaan masih [^\n]*", warned)
            stylesheet = re.search(r'href="(/static/home/css/site[^"]*\.css)"', site.page("/")).group(1)
            assert "--hd-" in site.page(stylesheet)
            assert bool(re.search(r"site\.[0-9a-f]{12}\.css", stylesheet)) == (mode == "production")
            for address in ("/", "/help-desk/lapor/", "/help-desk/lacak/", "/admin/"):
                assert f"http://127.0.0.1:{site.port}{address}\n" in site.said
            assert "kadis kabid prakom teknisi editor auditor admin" in site.said

            site.interrupt()
            started = site.processes()
            assert set(started) == {"web", "worker", "outbox", "tick"}
            assert [name for name, pid in started.items() if is_alive(pid)] == []
            with pytest.raises(URLError):
                urlopen(f"http://127.0.0.1:{site.port}/", timeout=5)
        kept.append([(var / "secret-key").read_text(), (var / "demo-password").read_text(), tickets_in(var)])
    assert kept[0] == kept[1]
    assert kept[0][2] > 0


def every_static_file_was_collected_under_a_hashed_name(place: Path) -> None:
    """A stylesheet that names a missing picture or font would have stopped the start."""
    names = json.loads((place / "staticfiles.json").read_text())["paths"]
    hashed = names["home/css/site.css"]
    assert hashed != "home/css/site.css"
    assert (place / f"{hashed}.gz").is_file()


def tickets_in(var: Path) -> int:
    with closing(sqlite3.connect(var / "db.sqlite3")) as database:
        return database.execute("SELECT count(*) FROM helpdesk_plugin_ticket").fetchone()[0]


def test_run_says_when_the_port_is_taken(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        answer = run_once(tmp_path, PORT=str(port))
    assert answer.returncode == 1
    assert answer.stderr == (
        f"The site cannot listen on 127.0.0.1, port {port}: Address already in use. "
        "Stop what runs there, or choose another port: make run PORT=8001\n"
    )


def test_run_says_which_modes_there_are(tmp_path: Path) -> None:
    answer = run_once(tmp_path, MODE="prod")
    assert answer.returncode == 1
    assert answer.stderr == "MODE is prod, but only dev and production exist. Try: make run MODE=production\n"


def run_once(var: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "scripts/run.py"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "HELPDESK_VAR": str(var), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
