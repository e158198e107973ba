"""The audit of packages tells "nothing known" from "nobody was asked"."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
spec = importlib.util.spec_from_file_location("audit", ROOT / "scripts" / "audit.py")
audit = importlib.util.module_from_spec(spec)
spec.loader.exec_module(audit)


def test_silence_of_the_database_is_no_good_news():
    assert audit.verdict(0, "No known vulnerabilities found") == audit.CLEAN
    found = "Found 1 known vulnerability in 1 package\nName Version ID\npillow 1.0 PYSEC-1"
    assert audit.verdict(1, found) == audit.KNOWN_WEAKNESS
    for silence in ("ConnectionError: Failed to resolve", "zipp Dependency not found", ""):
        assert audit.verdict(1, silence) == audit.NOT_ASKED
        assert audit.verdict(0, silence) == audit.NOT_ASKED


def test_every_exception_has_its_reason():
    assert audit.exceptions("# why\n\nPYSEC-2026-1  # only on Windows\n") == ["PYSEC-2026-1"]
    with pytest.raises(ValueError, match="PYSEC-2026-2 has no reason"):
        audit.exceptions("PYSEC-2026-2\n")
    audit.exceptions(audit.EXCEPTIONS.read_text())


def test_every_package_is_pinned_exactly():
    for name in audit.PINS:
        lines = [line.partition("#")[0].strip() for line in (ROOT / name).read_text().splitlines()]
        assert [line for line in lines if line and "==" not in line and not line.startswith("-r ")] == []
