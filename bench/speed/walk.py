"""The way of tickets through the procedure, each step sent by the officer whose step it is."""

from dataclasses import dataclass

from bench.speed.browser import Answer, Browser, fields_of, filled
from bench.speed.people import Filed

LIST = "/admin/helpdesk/tickets/"


@dataclass(frozen=True)
class Stride:
    """One act: its name in addresses, who takes it, and what is filled in beside what the form proposes."""

    act: str
    who: str
    filled: dict[str, str]


WAY: tuple[Stride, ...] = (
    Stride("triage", "teknisi", {}),
    Stride("dispose", "kadis", {"note": "Tangani hari ini."}),
    Stride("examine", "kabid", {"lead": "?"}),
    Stride("verify", "prakom", {"verdict": "infrastructure"}),
    Stride("diagnose", "prakom", {"symptoms": "Lampu merah.", "cause": "Kabel serat putus."}),
    Stride("resolve", "prakom", {"action": "Kabel disambung ulang dan diuji."}),
    Stride("inform", "teknisi", {"note": "Internet kantor Anda sudah pulih."}),
    Stride("confirm", "teknisi", {"note": "Lewat telepon."}),
    Stride("close", "prakom", {}),
)


def page_of(desk: Browser, filed: Filed) -> str:
    """The address of the ticket's page at the desk, found by its number."""
    found = desk.get(f"{LIST}?q={filed.number}").page
    links = (link["href"] for link in found.find_all("a", href=True))
    return next(link for link in links if link.startswith(LIST) and link[len(LIST) : -1].isdigit())


def take(stride: Stride, desk: Browser, ticket: str) -> Answer:
    """Open the form of a step, fill it in, send it; the answer is that to the sending."""
    address = f"{ticket}do/{stride.act}/"
    page = desk.get(address).page
    values = {name: _first_officer(page) if value == "?" else value for name, value in stride.filled.items()}
    return desk.post(address, filled(fields_of(page), **values))


def _first_officer(page) -> str:
    options = page.find("select", {"name": "lead"}).find_all("option")
    return next(option["value"] for option in options if option.get("value"))


def reply(desk: Browser, ticket: str, number: int) -> Answer:
    """Write to the requester from the ticket's page."""
    page = desk.get(ticket).page
    return desk.post(ticket, filled(fields_of(page), way="reply", note=f"Kami periksa, kabar ke-{number}."))
