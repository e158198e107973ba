"""Who works at the desk in these measurements, and the citizen who files."""

import itertools
from dataclasses import dataclass

from bs4 import BeautifulSoup

from bench.speed.browser import Answer, Browser, fields_of, filled
from bench.speed.places import PASSWORD

FORM = "/help-desk/lapor/?layanan=INF-NET&lanjut=1"
SEND = "/help-desk/lapor/"
TRACKER = "/help-desk/lacak/"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n" + b"%" * 100_000
_requests = itertools.count(1)


def officer(port: int, username: str) -> Browser:
    """An officer who has signed in."""
    browser = Browser(port)
    page = browser.get("/admin/login/").page
    fields = filled(fields_of(page), username=username, password=PASSWORD)
    browser.post("/admin/login/", fields)
    return browser


@dataclass
class Filed:
    """A ticket that a citizen has just filed: what it takes to follow it and to find it at the desk."""

    citizen: Browser
    number: str
    code: str
    answer: Answer


def file_a_report(port: int, *, with_file: bool = False) -> Filed:
    """Open the form, fill it in, send it, read the receipt; the answer is that to the sending."""
    citizen, number = Browser(port), next(_requests)
    page = citizen.get(FORM).page
    fields = filled(
        fields_of(page),
        aksi="kirim",
        layanan="INF-NET",
        summary=f"Internet loket {number} sering terputus",
        description="Lampu modem merah. Sudah dicoba dinyalakan ulang.",
        who_affected="office",
        alternative="no",
        requester_name="Sari Melati",
        requester_unit="Bidang Anggaran, lantai 2",
        requester_phone="0812 3456 7890",
        requester_email=f"sari{number}@example.test",
        requester_nip="",
        opd=_first_agency(page),
        privacy_ack="1",
    )
    files = {"lampiran": ("foto.pdf", PDF)} if with_file else None
    answer = citizen.post(SEND, fields, files)
    code = citizen.get(answer.location).page.find(id="hd-code").get_text(strip=True)
    return Filed(citizen, answer.location.split("/")[3], code, answer)


def _first_agency(page: BeautifulSoup) -> str:
    options = page.find("select", {"name": "opd"}).find_all("option")
    return next(option["value"] for option in options if option.get("value"))


def track(port: int, filed: Filed) -> Answer:
    """Type number and code into the tracker, from a browser that knows nothing."""
    stranger = Browser(port)
    page = stranger.get(TRACKER).page
    return stranger.post(TRACKER, filled(fields_of(page), nomor=filed.number, kode=filed.code))
