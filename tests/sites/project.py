"""A project by `wagtail start`, changed as README and docs/installation.md say, and running."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from functools import cached_property
from pathlib import Path
from textwrap import dedent
from urllib.request import urlopen

from tests.sites.package import ROOT, plain_environment, run
from tests.sites.variants import Variant

OFFICER, PASSWORD = "petugas@example.test", "Sandi-uji-2026"
#: What differs on this machine only: a port, mail in files, static files without a web server.
LOCAL = """
from .base import *
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
HELPDESK_BASE_URL, WAGTAILADMIN_BASE_URL = {public!r}, {admin!r}
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = BASE_DIR / "mail"
MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
# Nothing here has to survive a power cut.
DATABASES["default"]["OPTIONS"] = {{
    "transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA synchronous = OFF"
}}
"""
PREPARE = """
import shutil
import django
django.setup()
from django.core.management import call_command
from django.contrib.auth import get_user_model
if {own_accounts}:
    call_command("makemigrations", "accounts", verbosity=0)
call_command("migrate", verbosity=0)
if {ground!r}:
    shutil.copyfile("db.sqlite3", {ground!r})
call_command("setup_helpdesk")
call_command("setup_helpdesk")
print("again")
call_command("setup_helpdesk", dry_run=True)
call_command("check", fail_level="WARNING")
call_command("makemigrations", "helpdesk_plugin", "helpdesk_pages", check_changes=True, dry_run=True)
from helpdesk_plugin.models import RoleGroup
User = get_user_model()
named = {{"username": "petugas"}} if User.USERNAME_FIELD == "username" else {{}}
officer = User.objects.create_user(email={officer!r}, password={password!r}, **named)
officer.groups.add(RoleGroup.objects.get(role="technical_support").group)
PORT = {port}
"""


class Project:
    """One site on a free port of this machine, in a directory of its own."""

    def __init__(self, variant: Variant, place: Path, python: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.variant, self.place, self.python = variant, place, python
        public, admin = (f"http://{host}:{self.port}{variant.prefix}" for host in variant.hosts)
        self.public, self.admin = f"{public}/{variant.mount}", f"{admin}/{variant.admin}"
        self.env = plain_environment() | {"DJANGO_SETTINGS_MODULE": "kantor.settings.dev"}
        run(python, "-m", "wagtail.bin.wagtail", "start", "kantor", place, cwd=place, env=self.env)
        self._follow_the_readme(LOCAL.format(public=public, admin=admin))
        facts = {"officer": OFFICER, "password": PASSWORD, "port": self.port, "ground": self._ground()}
        own = "accounts/models.py" in variant.files
        self.said = self.manage(PREPARE.format(**facts, own_accounts=own) + variant.prepare)

    def manage(self, code: str) -> str:
        """Run Python inside the project."""
        return run(self.python, "-c", code, cwd=self.place, env=self.env)

    def mails(self) -> list[str]:
        """Deliver what waits, and return every mail so far as text."""
        run(self.python, "manage.py", "helpdesk_deliver", cwd=self.place, env=self.env)
        return [path.read_text() for path in sorted((self.place / "mail").glob("*.log"))]

    def start(self) -> subprocess.Popen[bytes]:
        """Start the site under gunicorn and return when it answers."""
        # As a server in front tells it, where the project is mounted below a path.
        env = self.env | {"SCRIPT_NAME": self.variant.prefix}
        gunicorn = (self.python, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--threads", "4")
        with (self.place / "server.log").open("wb") as log:
            process = subprocess.Popen(
                [*gunicorn, "--no-control-socket", "kantor.wsgi"],
                cwd=self.place,
                env=env,
                stderr=log,
                start_new_session=True,
            )
        for _attempt in range(300):
            try:
                with urlopen(f"{self.public}lacak/", timeout=30):  # noqa: S310 - our own address
                    return process
            except OSError:
                time.sleep(0.2)
        os.killpg(process.pid, signal.SIGKILL)
        raise AssertionError((self.place / "server.log").read_text())

    @cached_property
    def user_name(self) -> str:
        return OFFICER if "AUTH_USER_MODEL" in self.variant.settings else "petugas"

    def _ground(self) -> str:
        """Begin with a database that is migrated already if there is one; else where this one is to be kept.

        To migrate is what takes the time. A database with the pages of `home` is no ground for others.
        """
        kept = self.python.parents[2] / f"{self.variant.ground}.sqlite3"
        if kept.exists():
            shutil.copyfile(kept, self.place / "db.sqlite3")
            return ""
        return str(kept) if self.variant.lays_ground else ""

    def _follow_the_readme(self, local: str) -> None:
        variant, package = self.variant, self.place / "kantor"
        base = package / "settings" / "base.py"
        told = f"{base.read_text()}\n{readme_settings()}\nLANGUAGE_CODE = {variant.language!r}\n"
        base.write_text(told + variant.settings)
        (package / "settings" / "local.py").write_text(local)
        (package / "templates" / "frame.html").write_text(code_of("docs/installation.md", "frame.html"))
        for name, text in variant.files.items():
            (self.place / name).parent.mkdir(exist_ok=True)
            (self.place / name).write_text(text)
        urls = package / "urls.py"
        mounted = readme_line("urls.py").replace("help-desk/", variant.mount)
        text = urls.read_text().replace("urlpatterns = [", f"urlpatterns = [\n    {mounted},", 1)
        urls.write_text(text.replace('"admin/"', f'"{variant.admin}"'))


def readme_settings() -> str:
    """The settings that the README tells to add, taken from the README itself."""
    apps, values = code_of("README.md", "INSTALLED_APPS = ["), code_of("README.md", 'STORAGES["helpdesk"]')
    # Which frame is taken differs between sites.
    kept = "\n".join(line for line in values.splitlines() if "BASE_TEMPLATE" not in line)
    middleware, processor = (f'"{readme_line(name)}"' for name in ("MIDDLEWARE", "context processors"))
    return f"""
{apps}
MIDDLEWARE.append({middleware})
TEMPLATES[0]["OPTIONS"]["context_processors"].append({processor})
{kept}
"""


def code_of(document: str, about: str) -> str:
    """The one block of code in a document of the repository that holds these characters."""
    blocks = re.findall(r"^( *)```\w+\n(.*?)^ *```", (ROOT / document).read_text(), re.DOTALL | re.MULTILINE)
    (found,) = (code for _indent, code in blocks if about in code)
    return dedent(found)


def readme_line(about: str) -> str:
    """The words between back-ticks that stand before the name of the place that they belong to."""
    found = {
        "urls.py": r"`(path\(.*?\)\))`",
        "MIDDLEWARE": r"`\"(simple_history\.middleware\.\w+)\"`",
        "context processors": r"`\"([\w.]+context_processors\.settings)\"`",
    }[about]
    match = re.search(found, (ROOT / "README.md").read_text())
    assert match, about
    return match[1]
