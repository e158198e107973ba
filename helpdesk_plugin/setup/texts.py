"""The wording of messages, in every language that the package speaks."""

from collections.abc import Iterator
from datetime import date

from helpdesk_plugin.models import MessageText
from helpdesk_plugin.setup.data import read_json
from helpdesk_plugin.setup.plan import Rows, Seed


def _texts(today: date) -> Iterator[Seed]:
    for facts in read_json("message_texts.json"):
        yield Seed(f"{facts['kind']}:{facts['language']}", MessageText(**facts))


TEXTS = Rows(MessageText, "text", [("kind", "language")], _texts)
