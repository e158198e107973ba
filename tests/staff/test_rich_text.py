"""Rich text that the admin's editor did not send."""

import pytest
from django.utils.html import escape

from helpdesk_plugin.staff.rich_text import AnyTextConverter

OWN = '{"blocks": [{"key": "a", "text": "Putus <b>", "type": "unstyled"}], "entityMap": {}}'
#: No JSON, JSON of another shape, letters that no database keeps.
OTHER = (
    "1/0",
    "1",
    "<b>Mati</b>",
    '{"blocks": [1]}',
    '{"blocks": 1}',
    "[" * 99999,
    OWN.replace("<", r"\ud800"),
)


@pytest.mark.parametrize("sent", OTHER, ids=range(len(OTHER)))
def test_what_the_editor_does_not_send_is_plain_text(sent):
    assert AnyTextConverter(["bold"]).to_database_format(sent) == f"<p>{escape(sent)}</p>"


def test_what_the_editor_sends_is_rich_text():
    html = AnyTextConverter(["bold"]).to_database_format(OWN)
    assert html == '<p data-block-key="a">Putus &lt;b&gt;</p>'


@pytest.mark.parametrize("sent", ["", " ", "\n"])
def test_nothing_is_nothing(sent):
    assert AnyTextConverter([]).to_database_format(sent) == ""
