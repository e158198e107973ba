"""Static files as production serves them."""

import json
import subprocess
import sys
from pathlib import Path

from django.conf import settings


def test_every_static_file_can_be_collected_under_a_hashed_name(tmp_path: Path) -> None:
    """A stylesheet that names a missing picture or font would stop a deployment here."""
    process = subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"],
        cwd=settings.BASE_DIR,
        env={
            "HELPDESK_VAR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "site_project.settings.production",
            "SECRET_KEY": "k" * 50,
            "ALLOWED_HOSTS": "127.0.0.1",
            "HELPDESK_BASE_URL": "http://127.0.0.1:8000",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (process.returncode, process.stderr) == (0, "")
    names = json.loads((tmp_path / "static" / "staticfiles.json").read_text())["paths"]
    hashed = names["home/css/site.css"]
    assert hashed != "home/css/site.css"
    assert (tmp_path / "static" / f"{hashed}.gz").is_file()
