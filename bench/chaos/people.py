"""Requesters and officers at work: each keeps to an intention until the site has answered it."""

import hashlib
import random
import re
import threading
import time
import uuid
from collections.abc import Callable

import requests

from bench.chaos.counting import Wish
from bench.chaos.forms import filled

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TICKETS = "/admin/helpdesk/tickets/"
#: What officers do when it is offered; everything else of a ticket's page they leave alone.
ACTS = ("triage", "dispose", "examine", "verify", "diagnose", "resolve", "progress", "note", "reply")


class Notebook:
    """What all people wanted and what they were told, and how far they have come."""

    def __init__(self) -> None:
        self.wishes: list[Wish] = []
        self.told = 0
        self.refusals = 0
        self.failures = 0
        self.over = threading.Event()
        self.give_up_at = float("inf")
        self._lock = threading.Lock()

    def note(self, wish: Wish) -> Wish:
        with self._lock:
            self.wishes.append(wish)
        return wish

    def tell(self, wish: Wish, answer: str) -> None:
        with self._lock:
            wish.told.append(answer)
            self.told += 1

    def refuse(self, wish: Wish) -> None:
        with self._lock:
            wish.refused = True
            self.refusals += 1

    def fail(self) -> None:
        with self._lock:
            self.failures += 1

    def tickets(self) -> list[Wish]:
        with self._lock:
            return [wish for wish in self.wishes if wish.kind == "ticket" and wish.told]


class Person(threading.Thread):
    """Somebody with a browser, who presses again until there is an answer."""

    def __init__(self, base: str, notebook: Notebook, seed: int) -> None:
        super().__init__(daemon=True)
        self.base, self.notebook, self.chance = base, notebook, random.Random(seed)
        self.browser = requests.Session()

    def run(self) -> None:
        while not self.notebook.over.is_set():
            self.visit()

    def visit(self) -> None:
        raise NotImplementedError

    def ask(self, method: str, path: str, **more) -> requests.Response | None:
        """An answer that is neither a failure of the site nor of the line; None when patience has ended."""
        while time.monotonic() < self.notebook.give_up_at:
            try:
                answer = self.browser.request(
                    method, self.base + path, timeout=30, allow_redirects=False, **more
                )
            except requests.RequestException:
                answer = None
            if answer is not None and answer.status_code < 500:
                return answer
            self.notebook.fail()
            time.sleep(self.chance.uniform(0.2, 1.0))
        return None

    @property
    def token(self) -> str:
        return self.browser.cookies.get("csrftoken", "")

    def mark(self) -> str:
        """Words that nobody else says."""
        return f"{self.chance.getrandbits(64):x}"

    def key(self) -> uuid.UUID:
        return uuid.UUID(int=self.chance.getrandbits(128), version=4)

    def letter(self) -> tuple[str, bytes]:
        """A file that nobody else sends: its digest and content."""
        content = (
            PDF + b"%" + self.chance.randbytes(self.chance.choice((300, 30_000, 300_000))).hex().encode()
        )
        return hashlib.sha256(content).hexdigest(), content


class Requester(Person):
    """Files a ticket, often with files, and writes a reply or two."""

    def __init__(self, base: str, notebook: Notebook, seed: int, opd: int) -> None:
        super().__init__(base, notebook, seed)
        self.opd = opd

    def visit(self) -> None:
        self.browser = requests.Session()
        # Another telephone each time, so that the limits for one address do not end the load.
        address = ".".join(str(self.chance.randrange(1, 255)) for _n in range(3))
        self.browser.headers["X-Forwarded-For"] = f"100.{address}"
        if self.ask("GET", "/help-desk/lapor/?layanan=INF-NET") is None:
            return
        number = self._file()
        for _n in range(self.chance.randrange(3)):
            if number:
                self._reply(number)

    def _files(self) -> tuple[tuple[str, ...], Callable[[], list]]:
        letters = [self.letter() for _n in range(self.chance.choice((0, 0, 1, 2)))]
        digests = tuple(digest for digest, _content in letters)

        def opened() -> list:
            return [
                ("lampiran", (f"bukti-{digest[:8]}.pdf", content, "application/pdf"))
                for digest, content in letters
            ]

        return digests, opened

    def _file(self) -> str:
        key, words = (
            str(uuid.UUID(int=self.chance.getrandbits(128), version=4)),
            f"{self.chance.getrandbits(64):x}",
        )
        digests, files = self._files()
        wish = self.notebook.note(Wish("ticket", key, f"Internet mati {words}", digests))
        typed = {
            "layanan": "INF-NET",
            "kunci": key,
            "aksi": "kirim",
            "summary": f"Internet mati {words}",
            "description": "Lampu modem merah sejak pagi.",
            "who_affected": "office",
            "alternative": "no",
            "requester_name": "Sari Melati",
            "opd": str(self.opd),
            "requester_unit": "Bidang Anggaran",
            "requester_phone": "0812 3456 7890",
            "requester_email": f"sari.{words}@example.test",
            "privacy_ack": "1",
        }
        for _time in range(1 + (self.chance.random() < 0.1)):  # one in ten presses twice
            answer = self._send("/help-desk/lapor/", typed, files)
            number = (
                re.search(r"/tiket/([^/]+)/tanda-terima/", answer.headers.get("Location", ""))
                if answer
                else None
            )
            if number:
                self.notebook.tell(wish, number[1])
            elif answer is not None:
                self.notebook.refuse(wish)
        return wish.told[0] if wish.told else ""

    def _reply(self, number: str) -> None:
        key, words = (
            str(uuid.UUID(int=self.chance.getrandbits(128), version=4)),
            f"Kabar {self.chance.getrandbits(64):x}",
        )
        digests, files = self._files()
        wish = self.notebook.note(Wish("reply", key, words, digests, number))
        typed = {"kunci": key, "note": words, "versi": "1"}
        answer = self._send(f"/help-desk/tiket/{number}/balas/", typed, files)
        if answer is not None and "terkirim=" in answer.headers.get("Location", ""):
            self.notebook.tell(wish, number)
        elif answer is not None:
            self.notebook.refuse(wish)

    def _send(self, path: str, typed: dict[str, str], files: Callable[[], list]) -> requests.Response | None:
        return self.ask("POST", path, data=typed | {"csrfmiddlewaretoken": self.token}, files=files() or None)


class Officer(Person):
    """Opens a ticket from the list and takes a step that is offered."""

    def __init__(self, base: str, notebook: Notebook, seed: int, account: tuple[str, str]) -> None:
        super().__init__(base, notebook, seed)
        self.account = account
        self.browser.headers["X-Forwarded-For"] = f"100.99.0.{1 + seed % 250}"

    def visit(self) -> None:
        listing = self.ask("GET", TICKETS)
        if listing is None:
            return
        if listing.status_code != 200:
            self._sign_in()
            return
        found = sorted(set(re.findall(rf"{TICKETS}(\d+)/", listing.text)))
        if not found:
            time.sleep(0.5)
            return
        self._work_on(self.chance.choice(found))

    def _sign_in(self) -> None:
        if self.ask("GET", "/admin/login/") is None:
            return
        name, password = self.account
        typed = {"username": name, "password": password, "csrfmiddlewaretoken": self.token}
        answer = self.ask("POST", "/admin/login/", data=typed)
        if answer is not None and answer.status_code != 302:
            raise RuntimeError(f"{name} cannot sign in: {answer.status_code}")

    def _work_on(self, pk: str) -> None:
        page = self.ask("GET", f"{TICKETS}{pk}/")
        offered = [act for act in ACTS if page is not None and f"{TICKETS}{pk}/do/{act}/" in page.text]
        if not offered:
            return
        # The step that the procedure waits for comes first, as it does for people; at times a word between.
        path = (
            f"{TICKETS}{pk}/do/{offered[0] if self.chance.random() < 0.7 else self.chance.choice(offered)}/"
        )
        form = self.ask("GET", path)
        words = f"Catatan {self.mark()}"
        typed = filled(form.text, words, path) if form is not None and form.status_code == 200 else None
        if typed is None:
            return
        number = re.search(r"HD-\d{4}-\d{6}", form.text)
        key = uuid.UUID(typed["key"][0]).hex
        wish = self.notebook.note(Wish("step", key, "", (), number[0] if number else ""))
        answer = self.ask("POST", path, data=typed | {"csrfmiddlewaretoken": self.token})
        if answer is not None and answer.status_code == 302:
            self.notebook.tell(wish, path)
        elif answer is not None:
            self.notebook.refuse(wish)
