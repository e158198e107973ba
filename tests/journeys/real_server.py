"""A server of its own process and database, run as production runs it, so that a test may kill it."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from django.conf import settings

from tests.migrated_database import kept_path

PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
call_command("setup_helpdesk", verbosity=0)
call_command("setup_site", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
"""


class RealServer:
    """Gunicorn with the production settings on a free port; `kill` gives it no time to say good-bye."""

    def __init__(self, directory: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = directory / "db.sqlite3"
        self.process: subprocess.Popen[bytes] | None = None
        self._environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "HELPDESK_VAR": str(directory),
            "DJANGO_SETTINGS_MODULE": "site_project.settings.production",
            "SECRET_KEY": "only-for-tests-" + "x" * 40,
            "ALLOWED_HOSTS": "127.0.0.1",
            "HELPDESK_BASE_URL": self.url,
        }
        self._prepare()

    def start(self) -> None:
        """Start, and return when pages are answered."""
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}"),
                *("--workers", "1", "--threads", "4", "--no-control-socket", "site_project.wsgi"),
            ],
            cwd=settings.BASE_DIR,
            env=self._environment,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _attempt in range(300):
            try:
                with urlopen(f"{self.url}/help-desk/lacak/", timeout=30):  # noqa: S310 - our own address
                    return
            except OSError:
                time.sleep(0.2)
        raise TimeoutError(self.url)

    def kill(self) -> None:
        """End the server and its workers at once."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def rows(self, query: str) -> list[tuple]:
        """Ask the server's database."""
        connection = sqlite3.connect(self.database)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def _prepare(self) -> None:
        kept = kept_path()
        if kept is not None and kept.exists():
            shutil.copyfile(kept, self.database)
        subprocess.run(
            [sys.executable, "-c", PREPARE],
            cwd=settings.BASE_DIR,
            env=self._environment,
            check=True,
            timeout=300,
        )
