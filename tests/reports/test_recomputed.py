"""A stranger with the raw export arrives at every figure of the reports."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from helpdesk_plugin.domain.periods import Period
from helpdesk_plugin.reports import raw
from helpdesk_plugin.reports.plain import figures_of
from helpdesk_plugin.reports.scope import Scope
from tests.reports.conftest import AS_OF

pytestmark = pytest.mark.django_db

STRANGER = Path(__file__).parents[2] / "bench" / "recompute_reports.py"
PERIODS = ["2026-11", "2026-10", "2026-Q4", "2026", "2026-10-20..2026-11-10"]


@pytest.mark.parametrize("without_security", [False, True])
def test_a_stranger_arrives_at_every_figure(busy_desk, manager, tmp_path, without_security):
    path = tmp_path / "raw.zip"
    with path.open("wb") as file:
        raw.write(file, Scope(Period.parse("2026"), manager, AS_OF))
    options = ["--without-security"] if without_security else []
    # Isolated (-I): the program's own code is not even within reach.
    asked = [sys.executable, "-I", STRANGER, path, *PERIODS, *options]
    theirs = json.loads(subprocess.run(asked, capture_output=True, check=True, text=True).stdout)
    for token, found in zip(PERIODS, theirs, strict=True):
        scope = Scope(Period.parse(token), None if without_security else manager, AS_OF)
        ours = json.loads(json.dumps(figures_of(scope)))
        for part, figure in ours.items():
            assert found[part] == figure, (token, part)


def test_no_person_is_in_the_raw_export(busy_desk, manager, tmp_path):
    path = tmp_path / "raw.zip"
    with path.open("wb") as file:
        raw.write(file, Scope(Period.parse("2026"), manager, AS_OF))
    with zipfile.ZipFile(path) as archive:
        unpacked = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "HD-2026-000017" in unpacked
    for word in ("Sari", "81234567890", "example.test", "Anggaran", "modem", "Kabel", "Petugas", "kendaraan"):
        assert word not in unpacked, word
