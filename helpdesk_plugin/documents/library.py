"""Whether this machine can draw PDFs: WeasyPrint is optional, and leans on libraries of the system.

Without it nothing else is missing: screens say why there is no document, and a system check says what to
install.
"""

import functools
import importlib.util
import logging

from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

DEBIAN_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
"""What WeasyPrint needs on Debian and Ubuntu besides Python packages."""


class CannotDraw(Exception):
    """This machine has no WeasyPrint, or WeasyPrint lacks Pango; the message says what to install."""


@functools.cache
def problem() -> str:
    """Why no PDF can be drawn here, in English for whoever runs the server; empty when all is there.

    Loads WeasyPrint when first asked (half a second).
    """
    if importlib.util.find_spec("weasyprint") is None:
        return "The package weasyprint is not installed: pip install 'wagtail-helpdesk-plugin[pdf]'."
    try:
        import weasyprint  # noqa: F401
    except OSError as missing:
        logger.warning("WeasyPrint lacks a library of the system: %s", missing)
        packages = " ".join(DEBIAN_PACKAGES)
        return f"WeasyPrint lacks a library of the system. On Debian and Ubuntu: apt-get install {packages}."
    return ""


def is_there() -> bool:
    """Whether PDFs can be drawn here."""
    return not problem()


def explanation() -> str:
    """Why no PDF can be drawn, as an officer is told; empty when all is there."""
    if is_there():
        return ""
    return _("This server cannot draw PDF files yet. Whoever runs it finds out why with “manage.py check”.")
