"""A virus scanner of the tests: the other end of clamd's conversation, on a real socket."""

import socket
import struct
import threading
from contextlib import contextmanager, suppress

#: A text of our own that our own signature knows: no real virus and no test file of others lies here.
MARK = b"HELPDESK-MARK-OF-AN-INVENTED-VIRUS"


def _exactly(line, count):
    heard = b""
    while len(heard) < count:
        heard += line.recv(count - len(heard))
    return heard


def judge(line):
    """The other end of the conversation, as clamd speaks it."""
    if line.recv(10) == b"zPING\0":
        line.sendall(b"PONG\0")
        return
    content = b""
    while length := struct.unpack("!I", _exactly(line, 4))[0]:
        content += _exactly(line, length)
    found = b"Own.Mark.UNOFFICIAL FOUND" if MARK in content else b"OK"
    line.sendall(b"stream: " + found + b"\0")


@contextmanager
def listening(behave, family=socket.AF_INET, address=("127.0.0.1", 0)):
    """A server on a real socket whose connections are handled by ``behave``; yields where it listens."""
    with socket.socket(family) as server:
        server.bind(address)
        server.listen()

        def serve():
            with suppress(OSError):
                while True:
                    line, _ = server.accept()
                    with line, suppress(OSError):
                        behave(line)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
