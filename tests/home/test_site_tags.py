"""Numbers as people write them become links that telephones understand."""

import pytest

from home.templatetags.site_tags import tel_href, whatsapp_href


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("(0536) 555-0100", "tel:05365550100"),
        ("+62 536 555 0100", "tel:+625365550100"),
        ("belum ada", ""),
        ("", ""),
        (None, ""),
        ("٣٣٣", ""),
    ],
)
def test_tel_href(written, href):
    assert tel_href(written) == href


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("0812 0000 0000", "https://wa.me/6281200000000"),
        ("+62 812-0000-0000", "https://wa.me/6281200000000"),
        ("62812 0000 0000", "https://wa.me/6281200000000"),
        ("javascript:alert(1)", "https://wa.me/1"),
        ("belum ada", ""),
        (None, ""),
    ],
)
def test_whatsapp_href(written, href):
    assert whatsapp_href(written) == href
