"""How often one address may do what costs us something: file, guess codes, send files.

A limit is a row of slots in the shared cache. Whoever takes the last free one is the last to get in until
the oldest slot has aged: a sliding window, exact with parallel requests too, because taking a slot is one
`cache.add`. Counting with `incr` would be neither: only some cache backends do it atomically, and the
database backend also forgets the timeout. When the cache fails, people get in and the log says so.
"""

import ipaddress
import logging
import math
import time
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from helpdesk_plugin import conf

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Slot:
    """Leave to go on. ``wait`` is 0, or the seconds until the next try when all slots are taken."""

    key: str | None = None
    wait: int = 0

    @property
    def refused(self) -> bool:
        return self.wait > 0

    def give_back(self) -> None:
        """Count this try as if it had not been made."""
        if self.key is not None:
            _guarded(cache.delete, self.key)


@dataclass(frozen=True)
class Limit:
    """At most ``most`` times in any ``seconds`` for one client address."""

    name: str
    most: int
    seconds: int

    def take(self, request) -> Slot:
        """Take a slot for the request's address; refused when none is free."""
        return _guarded(self._take, client_address(request)) or Slot()

    def take_for(self, whom: str) -> Slot:
        """Take a slot for something else than an address of the network, such as a mail address."""
        return _guarded(self._take, whom) or Slot()

    def _take(self, address: str) -> Slot:
        now = time.time()
        window = int(now // self.seconds)
        digest = salted_hmac(f"helpdesk.limit.{self.name}", address, algorithm="sha256").hexdigest()[:32]

        def key(place, of_window):
            return f"helpdesk:{self.name}:{digest}:{of_window}:{place}"

        # A slot outlives the window in which it was taken, so the window before counts as well.
        taken = cache.get_many([key(n, w) for n in range(self.most) for w in (window - 1, window)])
        free_at = []
        for place in range(self.most):
            until = max(taken.get(key(place, window - 1), 0), taken.get(key(place, window), 0))
            if until > now:
                free_at.append(until)
            elif cache.add(key(place, window), now + self.seconds, self.seconds):
                return Slot(key(place, window))
        return Slot(wait=max(1, math.ceil(min(free_at, default=now + 1) - now)))


#: An office of many behind one address can still file; a script cannot fill the register.
SUBMISSIONS = Limit("submit", most=30, seconds=60 * 60)
#: Wrong pairs of number and code. A right pair gives its slot back.
WRONG_CODES = Limit("code", most=20, seconds=15 * 60)
#: Replies, answers and other acts on tickets that are open to this browser.
ACTS = Limit("act", most=60, seconds=60 * 60)
#: Receipts drawn as PDF: each takes a processor for a moment.
RECEIPTS = Limit("receipt", most=20, seconds=15 * 60)
#: Files kept from forms on their way: an office behind one address files many reports, with four files each.
KEPT_FILES = Limit("keep", most=300, seconds=60 * 60)

#: Answers to "did this help?": everybody of an office may give a few.
ANSWERS = Limit("helped", most=60, seconds=60 * 60)

#: Sign-in links asked for from one network; an office of many behind one address still gets its own.
SIGN_INS_FROM = Limit("sign-in-from", most=30, seconds=60 * 60)
#: Sign-in links to one mail address, known or not: nobody's mailbox is filled by strangers.
SIGN_INS_TO = Limit("sign-in-to", most=3, seconds=60 * 60)


def minutes(seconds: int) -> int:
    """Seconds as the minutes that a person is told to wait: never too few."""
    return math.ceil(seconds / 60)


def client_address(request) -> str:
    """The address that a limit counts: a host in IPv4, a network of 64 bits in IPv6.

    X-Forwarded-For is believed only as far as HELPDESK_TRUSTED_PROXIES reaches, counted from its end:
    what stands before was written by whoever sent the request.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    hops = conf.trusted_proxies()
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    claimed = told[-hops] if 0 < hops <= len(told) else direct
    return _network(claimed) or _network(direct) or "unknown"


def _network(text: str) -> str:
    try:
        address = ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))


def _guarded(act, *args):
    try:
        return act(*args)
    except Exception:
        logger.exception("The cache does not answer; limits are not kept until it does.")
        return None
