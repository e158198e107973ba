"""Where the populated databases live, and what a process needs to know to use one of them."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "bench"
SECRET_KEY = "only-for-a-benchmark-" + "x" * 40
PASSWORD = "Sandi-bench-2026"  # noqa: S105 - of invented people


@dataclass(frozen=True)
class Place:
    """One database of one size: its directory, and the environment of every process that uses it."""

    vendor: str
    size: int
    database_url: str = ""

    @property
    def directory(self) -> Path:
        return KEPT / self.vendor / str(self.size)

    @property
    def facts_file(self) -> Path:
        return self.directory / "facts.json"

    @property
    def facts(self) -> dict:
        """What the population noted; empty until it has ended well."""
        return json.loads(self.facts_file.read_text()) if self.facts_file.exists() else {}

    def environment(self, port: int = 0, settings: str = "site_project.settings.production") -> dict:
        """The production settings, with this database and one proxy in front that tells addresses."""
        outside = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        return {
            **outside,
            **({"DATABASE_URL": self.database_url} if self.database_url else {}),
            "HELPDESK_VAR": str(self.directory),
            "DJANGO_SETTINGS_MODULE": settings,
            "SECRET_KEY": SECRET_KEY,
            "ALLOWED_HOSTS": "127.0.0.1",
            "HELPDESK_BASE_URL": f"http://127.0.0.1:{port}",
            "HELPDESK_DEMO_PASSWORD": PASSWORD,
            "HELPDESK_TRUSTED_PROXIES": "1",
            "EMAIL_URL": "dummymail://",
        }

    def run(self, *arguments: str, settings: str = "site_project.settings.production") -> None:
        """Run Python with these arguments on this database, and wait for it."""
        self.directory.mkdir(parents=True, exist_ok=True)
        environment = self.environment(settings=settings)
        subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
        )

    def manage(self, *arguments: str) -> None:
        self.run("manage.py", *arguments)

    def grow_from(self, smaller: "Place") -> None:
        """Begin as a copy of a smaller one (its files; databases of a server are copied by the server)."""
        shutil.rmtree(self.directory, ignore_errors=True)
        unfinished = shutil.ignore_patterns("facts.json")
        shutil.copytree(smaller.directory, self.directory, ignore=unfinished, symlinks=True)
