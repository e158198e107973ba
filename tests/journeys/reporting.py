"""What somebody does who reports a disruption, in whatever language the pages speak."""

from playwright.sync_api import Page

from helpdesk_plugin.models import (
    Opd,
    Ticket,
)


def link_to(ticket: Ticket) -> str:
    return f"/help-desk/t/{ticket.number}/{ticket.access.link_token}/"


def fill_in(page: Page, **words: str) -> None:
    """Everything that the form for a disruption requires, in whatever language the page speaks."""
    said = {
        "summary": "Internet kantor mati",
        "description": "Lampu modem merah.",
        "requester_name": "Sari Melati",
        "requester_unit": "Lantai 2",
        "requester_phone": "0812 3456 7890",
        "requester_email": "sari@example.test",
        **words,
    }
    for name, text in said.items():
        page.locator(f"main [name={name}]").fill(text)
    for name, value in (("who_affected", "office"), ("alternative", "no")):
        page.locator(f"[name={name}][value={value}]").check()
    choose_office(page)
    page.locator("[name=privacy_ack]").check()


def choose_office(page: Page) -> None:
    """By the list itself, with or without the search that a script lays over it."""
    page.evaluate(
        """(value) => {
          const list = document.querySelector("select[name=opd]");
          list.value = value;
          list.dispatchEvent(new Event("change", { bubbles: true }));
        }""",
        str(Opd.objects.offered()[0].pk),
    )
