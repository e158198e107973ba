"""A virus scanner is asked about every file, over a real socket; where it is silent, words say so."""

import shutil
import socket
import subprocess
import time
from types import SimpleNamespace

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from helpdesk_plugin import conf
from helpdesk_plugin.portal import uploads
from helpdesk_plugin.services import scanner
from helpdesk_plugin.services.files import FileProblem, FileRefused, accept_file
from helpdesk_plugin.staff import health
from helpdesk_plugin.staff.words import file_refusal
from tests.factories import PDF, upload
from tests.virus_scanner import MARK, judge, listening


def refused(content=PDF):
    with pytest.raises(FileRefused) as found:
        accept_file(upload(content=content))
    return found.value


def test_every_file_is_shown_to_the_scanner(settings, tmp_path):
    path = str(tmp_path / "clamd")
    with listening(judge, socket.AF_UNIX, path), listening(judge) as (host, port):
        for settings.HELPDESK_SCANNER in (f"unix:{path}", f"tcp://{host}:{port}"):
            assert scanner.answers() is True
            assert accept_file(upload(content=PDF + b"0" * 200_000)).content.startswith(PDF)
            infected = refused(PDF + b"0" * 200_000 + MARK)
            assert infected.problem is FileProblem.INFECTED
            for told in (uploads.refusal(infected), file_refusal(infected)):
                assert told.startswith("Berkas surat.pdf ditolak: pemindai virus menemukan sesuatu")
    assert "menjawab" in next(health._scanner(None, None)).what


def test_scanner_that_is_silent_costs_a_sentence_and_nothing_else(settings, monkeypatch, caplog):
    monkeypatch.setattr(scanner, "PATIENCE", 0.2)
    replies = (
        lambda line: None,  # hangs up
        lambda line: time.sleep(0.5),  # says nothing
        lambda line: line.sendall(b"INSTREAM size limit exceeded. ERROR\0"),
        lambda line: line.sendall(b"\xff\xfe nonsense"),
    )
    for behave in replies:
        with listening(behave) as (host, port):
            settings.HELPDESK_SCANNER = f"tcp://{host}:{port}"
            settings.HELPDESK_SCANNER_NEEDED = True
            silent = refused()
            assert silent.problem is FileProblem.UNCHECKED
            assert "Coba lagi" in file_refusal(silent)
            assert "Yang sudah Anda ketik" in uploads.refusal(silent)
    settings.HELPDESK_SCANNER = "unix:/nowhere/clamd"
    assert (scanner.answers(), refused().problem) == (False, FileProblem.UNCHECKED)
    assert next(health._scanner(None, None)).state is health.State.BAD
    settings.HELPDESK_SCANNER_NEEDED = False
    caplog.clear()
    assert accept_file(upload()).content == PDF
    assert "A file was taken without being scanned" in caplog.text
    assert "surat" not in caplog.text


def test_address_of_the_scanner_is_checked_when_the_site_starts(settings):
    settings.HELPDESK_SCANNER = ""
    assert (scanner.finding(MARK), scanner.answers(), list(health._scanner(None, None))) == ("", None, [])
    settings.HELPDESK_SCANNER = "tcp://[::1]"
    assert conf.scanner() == conf.Scanner(("::1", 3310))
    for settings.HELPDESK_SCANNER in ("clamd", "unix:clamd", "tcp://", "tcp://host:99999", "http://host"):
        with pytest.raises(ImproperlyConfigured):
            conf.scanner()
        assert [one.id for one in run_checks() if one.id == "helpdesk.E013"] == ["helpdesk.E013"]


@pytest.fixture
def clamd(tmp_path):
    """The real scanner, with one signature of our own; it needs no download."""
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        pytest.skip("clamd is not installed here (Debian: clamav-daemon)")
    signatures = tmp_path / "signatures"
    signatures.mkdir()
    (signatures / "own.ndb").write_text(f"Own.Mark:0:*:{MARK.hex()}\n")
    place, orders = tmp_path / "clamd.sock", tmp_path / "clamd.conf"
    orders.write_text(f"DatabaseDirectory {signatures}\nLocalSocket {place}\nForeground yes\n")
    process = subprocess.Popen([program, "-c", orders], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(100):
        if place.exists() or process.poll() is not None:
            break
        time.sleep(0.1)
    yield SimpleNamespace(address=f"unix:{place}")
    process.terminate()
    process.wait(20)


def test_real_clamdjudges_as_we_read_it(clamd, settings):
    settings.HELPDESK_SCANNER = clamd.address
    assert scanner.answers() is True
    assert accept_file(upload()).content == PDF
    assert scanner.finding(b"%PDF-1.4\n" + b"0" * 4_000_000) == ""
    assert scanner.finding(b"0" * 100_000 + MARK) == "Own.Mark.UNOFFICIAL"
    assert refused(PDF + MARK).problem is FileProblem.INFECTED
