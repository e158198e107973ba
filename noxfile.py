"""The other supported cells: `make matrix`. `make test` covers the pinned versions on the Python of .venv."""

import os
import shutil
import subprocess
from pathlib import Path

import nox

nox.options.default_venv_backend = "virtualenv"
nox.options.error_on_external_run = True

# Python → the Wagtail that is tested with it; None: the pinned one. Together with make test on Python 3.11,
# every supported Python and every supported Wagtail is met.
CELLS = {"3.12": "wagtail==7.4.4", "3.13": None}

# Neither journeys nor fresh sites: Playwright's loop stays in the process that it ran in, and Django then
# refuses the database to every test that follows there.
WITHOUT_BROWSER = "not journey and not site"


def interpreter(version: str) -> str | None:
    """Return a Python of this version that really runs, from the PATH or from pyenv, or None."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    installed = sorted(pyenv.glob(f"{version}.*/bin/python"), reverse=True)
    for candidate in (shutil.which(f"python{version}"), *map(str, installed)):
        if candidate and version_of(candidate) == version:
            return candidate
    return None


def version_of(python: str) -> str | None:
    """Return "3.12" and the like, or None for what does not run, as a shim of a version manager may."""
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    answer = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=False)  # noqa: S603
    return answer.stdout.strip() or None


def run_cell(session: nox.Session, wagtail: str | None) -> None:
    session.install("-qq", "-r", "requirements-dev.txt")
    if wagtail:
        session.install("-qq", wagtail)
    session.run("python", "-m", "pip", "check", silent=True)
    settings = {"DJANGO_SETTINGS_MODULE": "site_project.settings.test"}
    session.run("python", "manage.py", "makemigrations", "--check", "--dry-run", env=settings)
    session.run("python", "-m", "pytest", "-n", "2", "-m", WITHOUT_BROWSER, *session.posargs, env=settings)


def define_cell(version: str, wagtail: str | None) -> None:
    python = interpreter(version)

    def cell(session: nox.Session) -> None:
        if python is None:
            session.error(
                f"Python {version} was not found on the PATH or in pyenv, so this cell was not tested. "
                f"Install it, for instance with `pyenv install {version}`."
            )
        run_cell(session, wagtail)

    cell.__doc__ = f"Python {version} with {wagtail or 'the pinned Wagtail'}"
    nox.session(python=python or False, name=f"python-{version}")(cell)


for _version, _wagtail in CELLS.items():
    define_cell(_version, _wagtail)
