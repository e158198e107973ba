"""Pictures drawn anew: upright, bare, within bounds; what is no picture is refused and harms nobody."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile, PngImagePlugin

from helpdesk_plugin.services import images
from helpdesk_plugin.services.images import JPEG, PNG, Flaw, PictureRefused, redrawn, thumbnail
from tests.factories import picture

ROOM = 5 * 1024 * 1024
SECRET = b"Kasongan 1.8817 S"


def opened(content):
    found = Image.open(io.BytesIO(content))
    found.load()
    return found


def photo(orientation=1, size=(60, 20)):
    """A photo, red on its left third, with everything that a telephone writes into it."""
    drawn = Image.new("RGB", size, "blue")
    drawn.paste("red", (0, 0, size[0] // 3, size[1]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "S"
    stream = io.BytesIO()
    drawn.save(
        stream, "JPEG", quality=95, exif=exif, comment=SECRET, icc_profile=b"profile" + SECRET, dpi=(72, 72)
    )
    return stream.getvalue()


def screenshot(mode="RGB", **options):
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SECRET.decode())
    notes.add_itxt("Author", "Sari", zip=True)
    return picture("PNG", mode=mode, pnginfo=notes, icc_profile=b"profile" + SECRET, **options)


def header_only(width, height):
    """A PNG of a few bytes that claims to be large."""
    ihdr = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + ihdr + struct.pack(">I", zlib.crc32(ihdr))
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\0\0\0\0IEND\xaeB`\x82"


def flaw_of(content, content_type, room=ROOM):
    with pytest.raises(PictureRefused) as refused:
        redrawn(content, content_type, most_bytes=room)
    return refused.value.flaw


def test_photo_loses_place_device_comment_profile_and_what_hides_behind_it():
    stored = redrawn(photo() + SECRET, JPEG, most_bytes=ROOM)
    found = opened(stored)
    assert (found.format, dict(found.getexif()), SECRET in stored) == ("JPEG", {}, False)
    assert {"exif", "comment", "icc_profile"} & set(found.info) == set()


def test_screenshot_loses_texts_and_profile_and_stays_a_png():
    stored = redrawn(screenshot() + SECRET, PNG, most_bytes=ROOM)
    found = opened(stored)
    assert (found.format, found.info, SECRET in stored, b"Sari" in stored) == ("PNG", {}, False, False)


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (60, 20), (5, 10)),
        (2, (60, 20), (55, 10)),
        (3, (60, 20), (55, 10)),
        (6, (20, 60), (10, 5)),
        (8, (20, 60), (10, 55)),
    ],
)
def test_photo_is_stored_upright(orientation, size, red_at):
    found = opened(redrawn(photo(orientation), JPEG, most_bytes=ROOM))
    red, _green, blue = found.getpixel(red_at)
    assert (found.size, red > 200, blue < 60) == (size, True, True)


def test_same_picture_twice_gives_the_same_file():
    assert redrawn(photo(), JPEG, most_bytes=ROOM) == redrawn(photo(), JPEG, most_bytes=ROOM)


def test_drawing_a_stored_photo_again_keeps_its_size():
    once = redrawn(photo(6), JPEG, most_bytes=ROOM)
    assert opened(redrawn(once, JPEG, most_bytes=ROOM)).size == (20, 60)


def test_large_photo_is_stored_at_the_size_of_a_legible_sheet():
    found = opened(redrawn(picture("JPEG", (4800, 2400)), JPEG, most_bytes=ROOM))
    assert found.size == (3600, 1800)


def test_larger_photo_may_be_stored_somewhat_smaller_instead_of_being_decoded_in_full():
    assert opened(redrawn(picture("JPEG", (6000, 2000)), JPEG, most_bytes=ROOM)).size == (3000, 1000)


def test_progressive_photo_may_not_be_as_large_as_a_plain_one():
    assert len(redrawn(picture("JPEG", (5000, 5000)), JPEG, most_bytes=ROOM)) > 0
    assert flaw_of(picture("JPEG", (5000, 5000), progressive=True), JPEG) is Flaw.TOO_MANY_PIXELS


def test_photo_in_printing_colours_becomes_one_for_screens():
    assert opened(redrawn(picture("JPEG", mode="CMYK"), JPEG, most_bytes=ROOM)).mode == "RGB"


def test_grey_photo_stays_grey():
    assert opened(redrawn(picture("JPEG", mode="L"), JPEG, most_bytes=ROOM)).mode == "L"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_png_keeps_its_kind(mode):
    assert opened(redrawn(picture("PNG", mode=mode), PNG, most_bytes=ROOM)).mode == mode


def test_deep_grey_scan_becomes_an_ordinary_one():
    scan = Image.new("I;16", (10, 10), 32768)
    stream = io.BytesIO()
    scan.save(stream, "PNG")
    found = opened(redrawn(stream.getvalue(), PNG, most_bytes=ROOM))
    assert (found.mode, found.getpixel((5, 5))) == ("L", 128)


def test_transparent_colour_of_a_palette_survives():
    found = opened(redrawn(picture("PNG", mode="P", transparency=0), PNG, most_bytes=ROOM))
    assert found.info == {"transparency": 0}


def test_of_a_moving_picture_the_first_frame_is_kept():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    stream = io.BytesIO()
    frames[0].save(stream, "PNG", save_all=True, append_images=frames[1:])
    found = opened(redrawn(stream.getvalue(), PNG, most_bytes=ROOM))
    assert (getattr(found, "n_frames", 1), found.getpixel((0, 0))) == (1, (255, 0, 0))


def test_of_a_photo_with_a_second_one_inside_the_first_is_kept():
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(
        stream, "MPO", save_all=True, append_images=[Image.new("RGB", (8, 8), "blue")]
    )
    assert opened(stream.getvalue()).n_frames == 2
    found = opened(redrawn(stream.getvalue(), JPEG, most_bytes=ROOM))
    assert (found.format, found.getpixel((0, 0))[0] > 200) == ("JPEG", True)


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (photo()[:-200], JPEG),
        (photo()[:40], JPEG),
        (b"\xff\xd8\xff\xe0" + b"\0" * 200, JPEG),
        (picture("PNG", (300, 300))[:-60], PNG),
        (picture("PNG"), JPEG),
        (header_only(10, 10), PNG),
        (b"", PNG),
    ],
)
def test_what_cannot_be_decoded_to_its_end_is_refused(content, content_type):
    assert flaw_of(content, content_type) is Flaw.BROKEN


def test_half_a_picture_is_refused_whatever_another_library_told_pillow(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # WeasyPrint does so when it is imported
    whole = screenshot()
    assert flaw_of(whole[: len(whole) // 2], PNG) is Flaw.BROKEN


@pytest.mark.parametrize("side", [5_000, 12_000, 60_000])
def test_claim_of_too_many_pixels_is_refused_before_anything_is_decoded(side):
    assert flaw_of(header_only(side, side), PNG) is Flaw.TOO_MANY_PIXELS


def test_picture_that_stays_too_large_is_made_smaller_until_it_fits():
    noise = Image.effect_noise((400, 400), 90)
    stream = io.BytesIO()
    noise.save(stream, "PNG")
    stored = redrawn(stream.getvalue(), PNG, most_bytes=60_000)
    assert (len(stored) <= 60_000, opened(stored).size) == (True, (200, 200))
    stream = io.BytesIO()
    noise.save(stream, "JPEG", quality=100)
    assert opened(redrawn(stream.getvalue(), JPEG, most_bytes=30_000)).size == (200, 200)
    assert flaw_of(stream.getvalue(), JPEG, 2_000) is Flaw.TOO_LARGE


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (picture("JPEG", (1200, 500)), JPEG),
        (picture("PNG", (500, 1200), "RGBA"), PNG),
        (picture("PNG", mode="P", transparency=0), PNG),
        (picture("PNG", mode="1"), PNG),
    ],
)
def test_thumbnail_is_a_small_jpeg_within_its_frame(content, content_type):
    small = thumbnail(content, content_type)
    found = opened(small)
    assert (found.format, found.mode, len(small) < 8_000) == ("JPEG", "RGB", True)
    assert (found.width <= images.THUMBNAIL[0], found.height <= images.THUMBNAIL[1]) == (True, True)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([(JPEG, photo()), (PNG, screenshot())]), st.data())
def test_damaged_pictures_are_drawn_or_refused_and_nothing_else(kind, data):
    content_type, content = kind
    at = data.draw(st.integers(0, len(content) - 1))
    damaged = content[:at] + data.draw(st.binary(max_size=8)) + content[at + 4 :]
    try:
        opened(redrawn(damaged, content_type, most_bytes=ROOM))
    except PictureRefused:
        return
