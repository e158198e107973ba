"""What never belongs in a log: the token in a link opens a ticket, a list or a survey to whoever reads it."""

import logging
import re

_LINKS = r"(/t/[^/\s]+/|/tiket-saya/masuk/|/status/langganan/(?:konfirmasi/)?|/survei/u/)"
SECRET_LINK = re.compile(_LINKS + r"[^/\s\"'?]+")


class HideTrackingLinks(logging.Filter):
    """Replaces the tokens of links before anything is written.

    In message and arguments, in the trace of an error, and in the request that Django hands on with its
    remarks and that a log in JSON would write out.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = hide(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(hide(argument) for argument in record.args)
        if record.exc_info:
            trace = logging.Formatter().formatException(record.exc_info)
            record.exc_info, record.exc_text = None, str(hide(trace))
        if hasattr(record, "request"):
            record.request = hide(str(record.request))
        return True


def hide(value: object) -> object:
    """Return texts without tokens, errors as such texts; anything else as it is."""
    if isinstance(value, BaseException):
        value = str(value)
    return SECRET_LINK.sub(r"\1[hidden]", value) if isinstance(value, str) else value
