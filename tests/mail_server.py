"""A real SMTP server for tests: what arrives can be read, and it can be switched off."""

import socket
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class MailServer:
    """Listens on 127.0.0.1; `messages` holds what has arrived, oldest first."""

    host = "127.0.0.1"

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.port = free_port()
        self._controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(self, hostname=self.host, port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Stop listening: from now on every delivery is refused. What has arrived stays readable."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def to(self, address: str) -> list[EmailMessage]:
        """Return the messages that arrived for this address, oldest first."""
        return [message for message in self.messages if message["X-Envelope-To"] == address]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        for recipient in envelope.rcpt_tos:
            message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
            message["X-Envelope-To"] = recipient
            self.messages.append(message)
        return "250 OK"


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind((MailServer.host, 0))
        return int(probe.getsockname()[1])
