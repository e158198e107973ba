"""Timing against machines, without a puzzle for people.

Every form carries a signed stamp of the moment at which it was first drawn. A form that is sent within
`HURRY` seconds of it is not refused for that: browsers fill forms in by themselves, and people are quick.
Only if it also reads like advertising is it shown once more, everything still in it, and sent with one more
press. The same is asked of such words without a stamp of ours. Words alone, hurry alone and a stamp that got
lost never count against anyone. (The trap for machines is a field of the form itself.)
"""

import re

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.translation import gettext as _

from helpdesk_plugin.portal.wording import Problem

#: The form's field that carries the stamp.
FIELD = "dibuka"
#: Seconds that nobody needs less than to read a form, fill it in, and check it.
HURRY = 3
#: Links in one report that are more than an officer needs.
MANY_LINKS = 3

_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
_MARKUP = re.compile(r"<a\s+href|\[url[=\]]", re.IGNORECASE)
_WORDS = ("summary", "description", "requester_name", "requester_unit")
_signer = TimestampSigner(salt="helpdesk.portal.suspicion")


def stamp_for(request) -> str:
    """The stamp that the form came with if it is ours, else one of this moment."""
    carried = request.POST.get(FIELD, "")[:200]
    return carried if _is_ours(carried) else _signer.sign("hd")


def is_suspicious(request) -> bool:
    """Whether hurry and words together speak for a machine."""
    stamp = request.POST.get(FIELD, "")[:200]
    return _reads_like_advertising(request) and (not _is_ours(stamp) or _in_a_hurry(stamp))


def once_more() -> Problem:
    """What a person reads who was taken for a machine."""
    return Problem(
        _(
            "Nothing has been sent yet: this came faster than people usually type. Everything is still "
            "here; look it over and press Send once more."
        )
    )


def _is_ours(stamp: str) -> bool:
    try:
        _signer.unsign(stamp)
    except BadSignature:
        return False
    return True


def _in_a_hurry(stamp: str) -> bool:
    try:
        _signer.unsign(stamp, max_age=HURRY)
    except SignatureExpired:
        return False
    return True


def _reads_like_advertising(request) -> bool:
    said = "\n".join(request.POST.get(name, "")[:20_000] for name in _WORDS)
    return bool(_MARKUP.search(said)) or len(_LINK.findall(said)) >= MANY_LINKS
