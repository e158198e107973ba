"""Pictures from outside, drawn anew: nothing of the file that came is kept but what can be seen.

A photo tells where it was taken, with which telephone and when, and may carry anything behind its last
pixel. So a picture is decoded within bounds, turned upright, and written as a new file without metadata.
"""

import io
import logging
from collections.abc import Iterator
from enum import StrEnum

from PIL import Image, ImageFile, ImageOps

logger = logging.getLogger(__name__)

JPEG, PNG = "image/jpeg", "image/png"
FORMATS = {JPEG: "JPEG", PNG: "PNG"}

#: How large a picture may be, read from its header before a single pixel is decoded: what a process can
#: afford to hold at once, with every telephone's photos and every screen below it.
MOST_PIXELS = 24_000_000
#: A plain JPEG can be decoded at a fraction of its size, so it may be larger.
MOST_PIXELS_IN_STRIPS = 50_000_000
#: Longest side of a stored photo: a sheet of A4 at 300 dots an inch stays legible to the last digit.
LONGEST_SIDE = 3600
#: Between these a photo of a screen or a letter loses nothing that a reader would miss.
QUALITIES = (85, 75)
#: Frame of a thumbnail in pixels; drawn at half of it, so that it is sharp on fine screens.
THUMBNAIL = (224, 168)

#: Modes that a PNG may keep; everything else is converted.
_PNG_MODES = {"1", "L", "LA", "P", "RGB", "RGBA"}


class Flaw(StrEnum):
    """Why a picture cannot be taken."""

    BROKEN = "broken"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_LARGE = "too_large"


class PictureRefused(Exception):
    """A picture cannot be drawn anew; ``flaw`` says why."""

    def __init__(self, flaw: Flaw) -> None:
        self.flaw = flaw
        super().__init__(flaw.value)


def redrawn(content: bytes, content_type: str, *, most_bytes: int) -> bytes:
    """Return the picture as a new file of the same type and of at most ``most_bytes``.

    Upright, without EXIF, GPS, comments, colour profile, thumbnails and further frames. The same content
    gives the same result, so that a file that is sent twice is recognised. Raises PictureRefused.
    """
    picture = _upright(content, content_type, (LONGEST_SIDE, LONGEST_SIDE))
    for attempt in _attempts(picture, content_type):
        if len(attempt) <= most_bytes:
            return attempt
    raise PictureRefused(Flaw.TOO_LARGE)


def thumbnail(content: bytes, content_type: str, frame: tuple[int, int] = THUMBNAIL) -> bytes:
    """Return a small JPEG of the picture, within ``frame``. Raises PictureRefused."""
    picture = _upright(content, content_type, frame)
    if picture.mode != "RGB":
        seen = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")
    picture.thumbnail(frame, Image.Resampling.LANCZOS)
    return _written(picture, JPEG, quality=70)


def _upright(content: bytes, content_type: str, frame: tuple[int, int]) -> Image.Image:
    """Decode the first frame, a photo within ``frame``, and turn it as its EXIF says."""
    try:
        picture = Image.open(io.BytesIO(content), formats=[FORMATS[content_type]])
        if picture.width * picture.height > _most_pixels(picture, content_type):
            raise PictureRefused(Flaw.TOO_MANY_PIXELS)
        turn = picture.getexif().get(0x0112)
        if content_type == JPEG:
            # Decoded at a half, a quarter or an eighth where that comes near enough.
            picture.draft(picture.mode, _fitting(picture.size, max(frame) * 3 / 4))
        # A drawing library in this process may have told Pillow, for all of it, to take halves for wholes.
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        picture.load()
        return _turned(_bare(picture, content_type, frame), turn)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureRefused(Flaw.TOO_MANY_PIXELS) from None
    except PictureRefused:
        raise
    except Exception as broken:
        # A decoder given hostile bytes may raise anything; whatever it is, this is no picture for us.
        logger.info("A picture could not be decoded: %s", type(broken).__name__)
        raise PictureRefused(Flaw.BROKEN) from None


def _most_pixels(picture: Image.Image, content_type: str) -> int:
    in_strips = content_type == JPEG and not picture.info.get("progressive")
    return MOST_PIXELS_IN_STRIPS if in_strips else MOST_PIXELS


def _fitting(size: tuple[int, int], longest: float) -> tuple[int, int]:
    """The size of these proportions whose longer side is ``longest``: good for the picture turned as well."""
    share = longest / max(size)
    return max(1, round(size[0] * share)), max(1, round(size[1] * share))


def _bare(picture: Image.Image, content_type: str, frame: tuple[int, int]) -> Image.Image:
    """The pixels without anything that the file said about them; in place, large ones are not copied."""
    see_through = picture.info.get("transparency")
    if content_type == JPEG:
        picture.thumbnail((max(frame), max(frame)), Image.Resampling.BICUBIC)
        bare = picture if picture.mode in {"L", "RGB"} else picture.convert("RGB")
    elif picture.mode.startswith("I"):
        bare = picture.convert("I").point(lambda depth: depth * (1 / 256)).convert("L")
    else:
        bare = picture if picture.mode in _PNG_MODES else picture.convert("RGBA")
    keeps = content_type == PNG and see_through is not None and bare is picture
    bare.info = {"transparency": see_through} if keeps else {}
    return bare


#: EXIF orientation → how to stand the picture upright.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _turned(picture: Image.Image, orientation: object) -> Image.Image:
    turn = _TURNS.get(orientation) if isinstance(orientation, int) else None
    if turn is None:
        return picture
    kept = picture.info
    picture = picture.transpose(turn)
    picture.info = kept
    return picture


def _attempts(picture: Image.Image, content_type: str) -> Iterator[bytes]:
    """The picture written with care, then again smaller while it is too large."""
    if content_type == JPEG:
        for quality in QUALITIES:
            yield _written(picture, JPEG, quality=quality)
    else:
        yield _written(picture, PNG)
    # Palettes and bits cannot be made smaller without looking torn.
    smaller = picture if picture.mode in {"L", "RGB"} and not picture.info else picture.convert("RGBA")
    for divisor in (2, 4):
        yield _written(ImageOps.scale(smaller, 1 / divisor), content_type, quality=QUALITIES[-1])


def _written(picture: Image.Image, content_type: str, *, quality: int = 0) -> bytes:
    stream = io.BytesIO()
    if content_type == JPEG:
        picture.save(stream, "JPEG", quality=quality)
    else:
        picture.save(stream, "PNG", transparency=picture.info.get("transparency"))
    return stream.getvalue()
