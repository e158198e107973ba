"""A document loads nothing but what it was handed by name: no network, no file, no content in an address."""

import logging

import pytest

from helpdesk_plugin.documents.rendering import pdf_from
from tests.factories import picture

REFUSED = [
    '<img src="file:///etc/passwd">',
    '<img src="http://192.0.2.1/pixel.png">',
    '<img src="data:image/png;base64,iVBORw0KGgo=">',
    '<img src="asset:other">',
    '<img src="asset:../conf.py">',
    '<link rel="stylesheet" href="file:///etc/hostname">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<style>@import url("http://192.0.2.1/x.css");</style>',
    '<p style="background: url(file:///etc/passwd)">x</p>',
    '<ul><li style="list-style-image: url(https://192.0.2.1/x)">x</ul>',
    "<style>@font-face { font-family: F; src: url(file:///etc/passwd) } p { font-family: F }</style><p>x</p>",
    '<object data="file:///etc/passwd"></object>',
    '<embed src="file:///etc/passwd">',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd" width="9" height="9"/></svg>',
    '<base href="file:///etc/"><img src="passwd">',
]


@pytest.mark.parametrize("html", REFUSED)
def test_address_is_refused_and_the_document_drawn(html, caplog):
    with caplog.at_level(logging.WARNING, logger="helpdesk_plugin.documents.assets"):
        pdf = pdf_from(f"<!doctype html><html lang=id><title>x</title><body>{html}<p>Isi</p></body></html>")
    assert pdf.startswith(b"%PDF-")
    assert b"root:" not in pdf
    assert b"/EmbeddedFile" not in pdf
    assert [record for record in caplog.records if "may not load" in record.message]


def test_picture_that_was_handed_in_is_loaded(caplog):
    page = '<!doctype html><html lang=id><title>x</title><body><img src="asset:logo" alt="Lambang">'
    with_picture = pdf_from(page, {"logo": (picture("PNG"), "image/png")})
    assert b"/Image" in with_picture
    assert caplog.records == []
