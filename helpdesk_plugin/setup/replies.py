"""A few canned replies to begin with; the agency words its own, and sorts them by service."""

from collections.abc import Iterator
from datetime import date

from helpdesk_plugin.models import CannedReply
from helpdesk_plugin.setup.data import read_json
from helpdesk_plugin.setup.plan import Rows, Seed


def _replies(today: date) -> Iterator[Seed]:
    for facts in read_json("canned_replies.json"):
        yield Seed(f"{facts['title']}:{facts['language']}", CannedReply(**facts))


REPLIES = Rows(CannedReply, "reply", [("title", "language")], _replies)
