"""Asking a virus scanner about a file: clamd's INSTREAM over a socket, where the site names one.

The clients for Python have had no release for years, and the whole conversation is one question and one
line of answer; so it stands here.
"""

import logging
import socket
import struct
from collections.abc import Iterator

from helpdesk_plugin import conf

logger = logging.getLogger(__name__)

#: Seconds for reaching the scanner, and for each part of the conversation.
PATIENCE = 5.0
_PART = 64 * 1024
_LONGEST_ANSWER = 4096


class ScannerSilent(Exception):
    """The scanner cannot be reached, did not answer in time, or could not judge."""


def finding(content: bytes) -> str:
    """Return the name of what the scanner found in these bytes, "" for nothing or where no scanner is named.

    Raises ScannerSilent.
    """
    place = conf.scanner()
    if place is None:
        return ""
    try:
        with _reach(place) as line:
            _tell(line, content)
            answer = _answer(line)
    except OSError as trouble:
        logger.error("The virus scanner could not be asked: %s", trouble)
        raise ScannerSilent from None
    return _read(answer)


def answers() -> bool | None:
    """Whether the scanner is there; None where no scanner is named."""
    place = conf.scanner()
    if place is None:
        return None
    try:
        with _reach(place) as line:
            line.sendall(b"zPING\0")
            return _answer(line) == "PONG"
    except OSError:
        return False


def _reach(place: conf.Scanner) -> socket.socket:
    if isinstance(place.address, tuple):
        return socket.create_connection(place.address, timeout=PATIENCE)
    line = socket.socket(socket.AF_UNIX)
    try:
        line.settimeout(PATIENCE)
        line.connect(place.address)
    except OSError:
        line.close()
        raise
    return line


def _tell(line: socket.socket, content: bytes) -> None:
    line.sendall(b"zINSTREAM\0")
    try:
        for part in _parts(content):
            line.sendall(struct.pack("!I", len(part)) + part)
    except (BrokenPipeError, ConnectionResetError):
        # A scanner that wants no more of it has said why before it hung up.
        return


def _parts(content: bytes) -> Iterator[bytes]:
    yield from (content[start : start + _PART] for start in range(0, len(content), _PART))
    yield b""


def _answer(line: socket.socket) -> str:
    heard = b""
    while b"\0" not in heard and len(heard) < _LONGEST_ANSWER:
        part = line.recv(_LONGEST_ANSWER)
        if not part:
            break
        heard += part
    return heard.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _read(answer: str) -> str:
    """`stream: OK` or `stream: NAME FOUND`; anything else is no judgement."""
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")
    logger.error("The virus scanner gave no judgement: %r", answer[:200])
    raise ScannerSilent
