"""Coming by a mailed link: asking for one, the page it leads to, and what was mailed."""

from urllib.parse import quote

from django.core import mail
from django.urls import reverse

from helpdesk_plugin.models import SignIn
from helpdesk_plugin.notifications import outbox
from helpdesk_plugin.services import sign_in

MINE = "sari.melati@example.test"
UNKNOWN = "tidak.dikenal@example.test"
COOKIE = "helpdesk_visit"


def index(**query):
    return reverse("helpdesk:my_tickets", query=query or None)


def ask(client, address, **extra):
    return client.post(index(), {"email": address}, **extra)


def link_for(address=MINE, **fields) -> str:
    """The address of the page that the mailed link leads to."""
    sign_in.ask_for_link(address, language="id")
    asked = SignIn.objects.latest("pk")
    if fields:
        SignIn.objects.filter(pk=asked.pk).update(**fields)
    return reverse("helpdesk:sign_in", args=[asked.token])


def delivered():
    mail.outbox.clear()
    outbox.deliver_due()
    return [one for one in mail.outbox if "Tiket saya" in one.subject]


def in_address(text: str) -> str:
    """Written so that any letters, whole or broken, fit into an address."""
    return quote(text, safe="", errors="surrogatepass")
