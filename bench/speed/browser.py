"""A person's browser, without the pictures: cookies, forms, and how long each answer took."""

import http.client
import itertools
import time
import uuid
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from bs4 import BeautifulSoup

_networks = itertools.count(1)


class Unexpected(Exception):
    """The server answered otherwise than a person would need it to."""


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many milliseconds the last byte of it was there."""

    status: int
    body: bytes
    milliseconds: float
    location: str

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.body, "html.parser")


@dataclass
class Browser:
    """One person at one address of the network; each request has a connection of its own."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        number = next(_networks)
        self.address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"

    def get(self, path: str, expect: int = 200) -> Answer:
        return self._ask("GET", path, None, {}, expect)

    def post(self, path: str, fields: list[tuple[str, str]], files: dict | None = None, expect=302) -> Answer:
        """Send a form; ``files`` maps a field to the name and content of a PDF."""
        if files:
            body, kind = _multipart(fields, files)
        else:
            body, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded"
        return self._ask("POST", path, body, {"Content-Type": kind}, expect)

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict, expect: int) -> Answer:
        sent = {
            **headers,
            "X-Forwarded-For": self.address,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        began = time.perf_counter()
        connection.request(method, path, body, sent)
        response = connection.getresponse()
        read = response.read()
        took = 1000 * (time.perf_counter() - began)
        connection.close()
        for line in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        if response.status != expect:
            told = BeautifulSoup(read, "html.parser").get_text(" ", strip=True)
            raise Unexpected(f"{method} {path}: {response.status} instead of {expect}: {told[:1500]}")
        return Answer(response.status, read, took, urlsplit(response.headers.get("Location", "")).path)


def fields_of(page: BeautifulSoup, action: str = "") -> list[tuple[str, str]]:
    """The values that the page's form would send as it stands: of the one to ``action``, else the largest."""
    forms = [form for form in page.find_all("form") if not action or form.get("action") == action]
    form = max(forms, key=lambda one: len(one.find_all(["input", "select", "textarea"])))
    sent = []
    for field_ in form.find_all(["input", "select", "textarea"]):
        name, kind = field_.get("name"), field_.get("type", "text")
        if not name or kind in {"submit", "button", "file"}:
            continue
        if field_.name == "textarea":
            sent.append((name, field_.get_text().lstrip("\n")))
        elif field_.name == "select":
            chosen = field_.find_all("option", selected=True)
            sent += [(name, option.get("value", "")) for option in chosen]
        elif kind not in {"checkbox", "radio"} or field_.has_attr("checked"):
            sent.append((name, field_.get("value", "")))
    return sent


def filled(fields: list[tuple[str, str]], **values: str) -> list[tuple[str, str]]:
    """The same form with these values in place of what stood there."""
    return [*((name, value) for name, value in fields if name not in values), *values.items()]


def _multipart(fields: list[tuple[str, str]], files: dict) -> tuple[bytes, str]:
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields
    ]
    for name, (file_name, content) in files.items():
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
        parts.append(f"{head}Content-Type: application/pdf\r\n\r\n".encode() + content + b"\r\n")
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"
