"""What clients were told against what is stored: pure counting, so that the counter itself can be tested."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

#: How long after its acceptance by the mail server a message may still be unsettled by a fault, in seconds.
UNSETTLED_FOR = 45.0


@dataclass
class Wish:
    """One intention of one client. ``told`` are the answers that acknowledged it, if any did.

    ``kind`` is ticket, reply or step; ``key`` the idempotency key as the ledger knows it; ``words`` appear
    in nothing else; ``files`` are SHA-256 sums. ``number`` is the ticket that a reply or step belongs to.
    """

    kind: str
    key: str
    words: str = ""
    files: tuple[str, ...] = ()
    number: str = ""
    told: list[str] = field(default_factory=list)
    refused: bool = False


@dataclass(frozen=True)
class StoredTicket:
    number: str
    key: str
    words: str


@dataclass(frozen=True)
class StoredEvent:
    number: str
    key: str
    words: str


@dataclass(frozen=True)
class StoredFile:
    """``of`` is the key of the ticket's filing or of the ledger entry; ``intact``: its content is as sent."""

    of: str
    sha256: str
    intact: bool


@dataclass(frozen=True)
class StoredMessage:
    """A row of the outbox; ``identity`` is the Message-ID of its mail, ``state`` as the row says."""

    identity: str
    state: str


Findings = dict[str, list[str]]


def count_acts(
    wishes: Sequence[Wish],
    tickets: Sequence[StoredTicket],
    events: Sequence[StoredEvent],
    files: Sequence[StoredFile],
) -> Findings:
    """Everything lost, doubled or made up among tickets, replies, steps and files; empty lists are good."""
    found: Findings = {}
    filings = [wish for wish in wishes if wish.kind == "ticket"]
    found |= _count("tickets", filings, [(t.key, t.words) for t in tickets])
    found["numbers told wrongly"] = _misnumbered(filings, tickets)
    for kind, plural in (("reply", "replies"), ("step", "steps")):
        asked = [wish for wish in wishes if wish.kind == kind]
        ours = {wish.key for wish in asked}
        found |= _count(plural, asked, [(e.key, e.words) for e in events if e.key in ours])
    found |= _count_files(wishes, files)
    return found


def _count(what: str, wishes: Sequence[Wish], stored: Sequence[tuple[str, str]]) -> Findings:
    keys, words = Counter(key for key, _words in stored), Counter(words for _key, words in stored if words)
    return {
        f"{what} lost": [w.key for w in wishes if w.told and not keys[w.key]],
        f"{what} doubled": [w.key for w in wishes if keys[w.key] > 1 or (w.words and words[w.words] > 1)],
        f"{what} refused and stored": [w.key for w in wishes if w.refused and not w.told and keys[w.key]],
    }


def _misnumbered(filings: Iterable[Wish], tickets: Iterable[StoredTicket]) -> list[str]:
    number_of = {ticket.key: ticket.number for ticket in tickets}
    return [w.key for w in filings if w.key in number_of and set(w.told) - {number_of[w.key]}]


def _count_files(wishes: Iterable[Wish], files: Sequence[StoredFile]) -> Findings:
    stored = Counter((file.of, file.sha256) for file in files)
    sent = [(wish, (wish.key, sha256)) for wish in wishes for sha256 in wish.files]
    return {
        "files lost": [key for wish, (key, sha) in sent if wish.told and not stored[key, sha]],
        "files doubled": [key for _wish, (key, sha) in sent if stored[key, sha] > 1],
        "files damaged": [file.of for file in files if not file.intact],
    }


def count_numbers(numbers: Sequence[int], last_given: int) -> Findings:
    """Gaps and doubles in the running numbers of a year, and whether the series stands at the last one."""
    times = Counter(numbers)
    top = max(numbers, default=0)
    return {
        "numbers missing": [str(n) for n in range(1, top + 1) if n not in times],
        "numbers doubled": [str(n) for n, often in times.items() if often > 1],
        "series out of step": [] if last_given == top else [f"{last_given} given, {top} used"],
    }


def count_messages(
    rows: Sequence[StoredMessage], arrivals: Sequence[tuple[str, float]], faults: Sequence[float]
) -> Findings:
    """Messages lost, doubled, or sent for something that never came about.

    ``arrivals`` are Message-IDs with the second at which the mail server took them, ``faults`` the seconds
    at which a sender was killed or lost the mail server. A message may come twice where that fell between
    the mail server's yes and its settling: each excuses one message, none comes three times by one fault.
    """
    often = Counter(identity for identity, _at in arrivals)
    known = {row.identity for row in rows}
    excused, inexcusable = _excused(arrivals, faults)
    return {
        "messages lost": [r.identity for r in rows if r.state == "sent" and not often[r.identity]],
        "messages given up": [row.identity for row in rows if row.state == "parked"],
        "messages still waiting": [row.identity for row in rows if row.state in {"queued", "sending"}],
        "messages of nothing": [identity for identity in often if identity not in known],
        "messages doubled without a fault": inexcusable,
        "(messages doubled by a fault)": excused,
    }


def _excused(arrivals: Sequence[tuple[str, float]], faults: Sequence[float]) -> tuple[list[str], list[str]]:
    excused, inexcusable, free = [], [], sorted(faults)
    last: dict[str, float] = {}
    for identity, at in sorted(arrivals, key=lambda arrival: arrival[1]):
        if identity in last:
            excuse = next((f for f in free if -1 <= f - last[identity] <= UNSETTLED_FOR), None)
            (inexcusable if excuse is None else excused).append(identity)
            if excuse is not None:
                free.remove(excuse)
        last[identity] = at
    return excused, inexcusable


def is_loss(findings: Findings) -> bool:
    """Whether anything was found that must not be; what stands in brackets is allowed."""
    return any(details for name, details in findings.items() if not name.startswith("("))
