"""The plugin in a site that knows nothing of it: a project made by `wagtail start`, following the README."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

pytestmark = pytest.mark.site
ROOT = Path(__file__).resolve().parent.parent
FORM = """
import re
from django.test import Client
from helpdesk_plugin.models import Opd, Service, Ticket

client = Client(SERVER_NAME="localhost")
page = client.get("/help-desk/lapor/", {"layanan": Service.objects.get(code="INF-NET").code})
assert page.status_code == 200, page.status_code
assert "Laporkan gangguan" in page.content.decode()
assert client.get("/help-desk/").status_code == 200
assert client.get("/help-desk/katalog/").status_code == 200
assert client.get("/help-desk/sop/").status_code == 200
print("services", Service.objects.count(), "agencies", Opd.objects.count())
"""


def run(*command, cwd, env, **more):
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=300, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """The environment of a site into which the wheel, and nothing of this repository, is installed."""
    place = tmp_path_factory.mktemp("installed")
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("DJANGO_", "HELPDESK_"))}
    plain.pop("DATABASE_URL", None)
    build = (sys.executable, "-m", "build", "--quiet", "--wheel", "--outdir", str(place / "wheel"))
    run(*build, str(source_copy(place / "source")), cwd=place, env=plain)
    (wheel,) = (place / "wheel").glob("*.whl")
    target = place / "packages"
    install = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target))
    run(*install, str(wheel), cwd=place, env=plain)
    return plain | {"PYTHONPATH": str(target), "PYTHONWARNINGS": "default"}


def source_copy(place: Path) -> Path:
    """What the wheel is made of, apart: building writes beside its source, and test workers build at once."""
    bytecode = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "helpdesk_plugin", place / "helpdesk_plugin", ignore=bytecode)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, place / name)
    return place


@pytest.fixture(scope="module")
def project(environment, tmp_path_factory):
    """A project by `wagtail start`, changed as the README says, migrated and set up."""
    place = tmp_path_factory.mktemp("project")
    run(
        sys.executable, "-m", "wagtail.bin.wagtail", "start", "kantor", str(place), cwd=place, env=environment
    )
    settings = place / "kantor" / "settings" / "base.py"
    settings.write_text(settings.read_text() + readme_settings())
    urls = place / "kantor" / "urls.py"
    urls.write_text(
        urls.read_text().replace(
            "urlpatterns = [",
            'urlpatterns = [\n    path("help-desk/", include("helpdesk_plugin.urls")),',
            1,
        )
    )
    manage = (sys.executable, "manage.py")
    run(*manage, "migrate", "--verbosity=0", cwd=place, env=environment)
    run(*manage, "setup_helpdesk", cwd=place, env=environment)
    return place


def readme_settings():
    """The settings that the README tells to add, taken from the README itself."""
    readme = (ROOT / "README.md").read_text()
    apps = re.search(r"Add to the settings, so that.*?```python\n(.*?)```", readme, re.DOTALL)
    values = re.search(r"Say where private files go.*?```python\n(.*?)```", readme, re.DOTALL)
    assert apps
    assert values
    # The frame of the host site has other blocks than ours; the plugin's own is taken instead.
    kept = "\n".join(line for line in dedent(values[1]).splitlines() if "BASE_TEMPLATE" not in line)
    return f"""
{dedent(apps[1])}
MIDDLEWARE.append("simple_history.middleware.HistoryRequestMiddleware")
TEMPLATES[0]["OPTIONS"]["context_processors"].append("wagtail.contrib.settings.context_processors.settings")
USE_TZ, TIME_ZONE, LANGUAGE_CODE = True, "Asia/Pontianak", "id"
{kept}
"""


def test_plugin_works_in_a_site_that_follows_the_readme(project, environment):
    """One test, because making the site is dear: checks, migrations, public pages, a second setup."""

    def manage(*arguments):
        return run(sys.executable, "manage.py", *arguments, cwd=project, env=environment)

    manage("check", "--fail-level", "WARNING")
    manage("makemigrations", "helpdesk_plugin", "helpdesk_pages", "--check", "--dry-run")
    said = manage("shell", "-v0", "-c", FORM)
    assert re.search(r"services 3\d agencies 4\d", said), said
    before, again = manage("setup_helpdesk"), manage("setup_helpdesk", "--dry-run")
    assert "+" not in before + again
