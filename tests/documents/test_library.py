"""A server without WeasyPrint or Pango: it says what to install, and goes on."""

import os
import subprocess
import sys

import pytest

from helpdesk_plugin.checks.operation import documents_can_be_drawn
from helpdesk_plugin.documents import library
from helpdesk_plugin.documents.rendering import pdf_of
from helpdesk_plugin.domain.papers import PaperKind


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("raise OSError(\"cannot load library 'libpango-1.0-0'\")", "apt-get install libpango-1.0-0"),
        ("", ""),
    ],
)
def test_library_that_cannot_be_loaded_is_named(tmp_path, broken, said):
    (tmp_path / "weasyprint.py").write_text(broken)
    ask = "from helpdesk_plugin.documents import library; print(library.problem())"
    answer = subprocess.run(
        [sys.executable, "-c", ask],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), os.getcwd()])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said in answer.stdout
    assert bool(answer.stdout.strip()) is bool(said)


def test_package_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setattr(library.importlib.util, "find_spec", lambda name: None)
    library.problem.cache_clear()
    try:
        assert "pip install 'wagtail-helpdesk-plugin[pdf]'" in library.problem()
        assert [found.id for found in documents_can_be_drawn()] == ["helpdesk.W003"]
        assert library.explanation()
        with pytest.raises(library.CannotDraw, match="pip install"):
            pdf_of(PaperKind.RECEIPT.value, {})
    finally:
        library.problem.cache_clear()


def test_server_that_has_all_of_it_is_silent():
    assert documents_can_be_drawn() == []
    assert library.explanation() == ""
