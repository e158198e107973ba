"""The agency's letterhead (kop surat), from its profile in the admin."""

import io
import logging
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from PIL import Image

from helpdesk_plugin import conf
from helpdesk_plugin.models import AgencyProfile

logger = logging.getLogger(__name__)

#: Frame of the logo in pixels: 25 mm at 600 dots an inch.
_FRAME = (600, 600)
_MOST_PIXELS = 24_000_000
_SVG = ".svg"


@dataclass(frozen=True)
class Letterhead:
    """Government, agency and how to reach it. ``logo`` is the picture's bytes and type, if there is one."""

    government: str
    name: str
    short_name: str
    address: str
    contact: str
    logo: tuple[bytes, str] | None = None


def letterhead() -> Letterhead:
    """The letterhead as the profile has it now. Two queries at most."""
    agency = AgencyProfile.load()
    reached = (
        ("Telepon", agency.phone),
        ("WhatsApp", agency.whatsapp),
        ("Surel", agency.email),
        ("Laman", _website()),
    )
    return Letterhead(
        government=agency.government,
        name=agency.name,
        short_name=agency.short_name,
        address=", ".join(line.strip() for line in agency.address.splitlines() if line.strip()),
        contact=" · ".join(f"{word}: {value}" for word, value in reached if value),
        logo=_logo(agency),
    )


def _website() -> str:
    try:
        return conf.base_url().partition("://")[2]
    except ImproperlyConfigured:
        return ""


def _logo(agency: AgencyProfile) -> tuple[bytes, str] | None:
    """The logo drawn anew within a frame, or None: a lost or broken picture spoils no document."""
    if agency.logo is None:
        return None
    try:
        with agency.logo.file.open("rb") as stored:
            content = stored.read()
        if agency.logo.file.name.lower().endswith(_SVG):
            return content, "image/svg+xml"
        return _as_png(content), "image/png"
    except (OSError, ValueError, Image.DecompressionBombError):
        logger.exception("The logo of the agency cannot be read; documents go without it.")
        return None


def _as_png(content: bytes) -> bytes:
    picture = Image.open(io.BytesIO(content))
    if picture.width * picture.height > _MOST_PIXELS:
        raise ValueError("the logo has too many pixels")
    picture = picture.convert("RGBA")
    picture.thumbnail(_FRAME, Image.Resampling.LANCZOS)
    # On white: transparency needs a second picture in the file, which old printers draw black.
    flat = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")
    written = io.BytesIO()
    flat.save(written, "PNG", optimize=True)
    return written.getvalue()
