"""A mail server that records what it takes, and that can be away or break off after its yes was due."""

import socket
import threading
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"


class Post:
    """Listens on one port; `arrivals` holds (Message-ID, second) of everything taken, oldest first.

    ``broken_off`` are the seconds at which it took a message and did not say so.
    """

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self.port = int(probe.getsockname()[1])
        self.arrivals: list[tuple[str, float]] = []
        self.broken_off: list[float] = []
        self._break_off = threading.Event()
        self._controller: Controller | None = None

    def open(self) -> None:
        for _attempt in range(50):
            try:
                self._controller = Controller(self, hostname=HOST, port=self.port)
                self._controller.start()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise TimeoutError("the port of the mail server is not free")

    def close(self) -> None:
        """From now on connections are refused."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def break_off_once(self) -> None:
        """Take the next message and die before saying so: the one case that SMTP cannot make exact."""
        self._break_off.set()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.arrivals.append((_identity(envelope.original_content or b""), time.monotonic()))
        if self._break_off.is_set():
            self._break_off.clear()
            self.broken_off.append(time.monotonic())
            server.transport.abort()
        return "250 OK"


def _identity(content: bytes) -> str:
    head = content.partition(b"\r\n\r\n")[0].decode("ascii", "replace").replace("\r\n ", " ")
    for line in head.split("\r\n"):
        name, _colon, value = line.partition(":")
        if name.lower() == "message-id":
            return value.strip()
    return ""
