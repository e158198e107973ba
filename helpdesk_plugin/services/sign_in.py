"""Signing in to "My tickets" by mail: asking for a link, using it once, leaving again.

Nobody learns here whether an address is known. Whatever is typed costs the same: one row, and one message in
the queue. Only when the message is about to be sent, in the worker and out of the asker's sight, is it asked
whether the address has anything to see (`notifications.sign_in_mail`); if not, nothing is sent at all. A
mail that says "you have no tickets" would be kinder to who mistyped their own address, but it would let
anybody make us write to strangers; the page says instead what to do when no mail comes. A site whose tasks
run inside the request (the immediate backend) gives the equal time away; ours has a worker.
"""

from datetime import datetime, timedelta

from django.db import transaction

from helpdesk_plugin import clock
from helpdesk_plugin.models import SignIn, normalised_address
from helpdesk_plugin.models.sign_in import hash_of
from helpdesk_plugin.notifications import outbox

#: How long a link works, counted from when it was asked for.
VALID_FOR = timedelta(minutes=30)
#: How long the visit lasts that a link opens.
VISIT = timedelta(hours=4)
#: How long a row is kept: the visit is over by then.
KEPT_FOR = timedelta(hours=24)


def ask_for_link(address: str, *, language: str) -> None:
    """Queue a sign-in link to an address, known or not."""
    now = clock.now()
    with transaction.atomic():
        asked = SignIn.objects.create(
            email=normalised_address(address),
            language=language,
            requested_at=now,
            expires_at=now + VALID_FOR,
        )
        outbox.queue_sign_in(asked)
        transaction.on_commit(outbox.kick, robust=True)


def link_works(token: str) -> bool:
    """Whether a link could be used now; changes nothing."""
    return SignIn.objects.with_token(token, clock.now()).exists()


def use_link(token: str) -> SignIn | None:
    """Open a visit with a link, once: of two who use it at the same moment one is too late.

    None for a token that is unknown, used, or past its time.
    """
    now = clock.now()
    if not SignIn.objects.with_token(token, now).update(used_at=now, ends_at=now + VISIT):
        return None
    return SignIn.objects.get(token_hash=hash_of(token))


def end_visit(visit: SignIn) -> None:
    """Sign out: whoever still holds the cookie holds nothing."""
    SignIn.objects.filter(pk=visit.pk, ended_at=None).update(ended_at=clock.now())


def sweep(now: datetime) -> int:
    """Forget who asked for links more than `KEPT_FOR` ago; return how many. For the tick."""
    stale = list(SignIn.objects.filter(requested_at__lte=now - KEPT_FOR).values_list("pk", flat=True)[:500])
    if stale:
        SignIn.objects.filter(pk__in=stale).delete()
    return len(stale)
