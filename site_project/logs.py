"""What never belongs in a log: the token in a tracking link opens a ticket to whoever reads it."""

import logging
import re

TRACKING_LINK = re.compile(r"(/t/[^/\s]+/|/tiket-saya/masuk/|/status/langganan/(?:konfirmasi/)?)[^/\s\"'?]+")


class HideTrackingLinks(logging.Filter):
    """Replaces the token of tracking links, in message and arguments, before anything is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = hide(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(hide(argument) for argument in record.args)
        return True


def hide(value: object) -> object:
    """Return texts without tokens; anything else as it is."""
    return TRACKING_LINK.sub(r"\1[hidden]", value) if isinstance(value, str) else value
