"""Which wording is taken, and what counts as a placeholder in it."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from helpdesk_plugin.models import MessageText
from helpdesk_plugin.models.texts import Piece, pieces
from helpdesk_plugin.notifications.decisions import worded_kinds
from helpdesk_plugin.notifications.texts import NoText, wording


def with_text(kind, body):
    MessageText.objects.update_or_create(kind=kind, language="id", defaults={"subject": "Uji", "body": body})


# --- Which text ---------------------------------------------------------------------------------------


def test_agencys_text_comes_before_the_packaged_one(agency):
    with_text("requester.submit", "Milik kami")
    assert wording("requester.submit", "id").body == "Milik kami"


def test_packaged_text_stands_in_for_a_language_that_the_agency_has_not_worded(agency):
    with_text("requester.submit", "Milik kami")
    assert wording("requester.submit", "en").body.startswith("Dear Sir or Madam,")


def test_site_language_stands_in_for_an_unknown_one(agency):
    with_text("requester.submit", "Milik kami")
    assert wording("requester.submit", "fr").body == "Milik kami"


def test_kind_without_any_text_is_refused(agency):
    with pytest.raises(NoText):
        wording("requester.unheard", "id")


def test_setup_seeds_exactly_the_packaged_texts(db):
    call_command("setup_helpdesk", verbosity=0)
    assert set(MessageText.objects.values_list("kind", "language")) == {
        (kind, language) for kind in worded_kinds() for language in ("id", "en")
    }


# --- Placeholders -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{number}", [Piece("{number}", "number")]),
        ("a{{b}}c", [Piece("a"), Piece("{"), Piece("b"), Piece("}"), Piece("c")]),
        ("{number!r}", [Piece("{number!r}")]),
        ("{number.x}", [Piece("{number.x}")]),
        ("{note:>9}", [Piece("{note:>9}")]),
        ("{0}{}", [Piece("{0}"), Piece("{}")]),
        ("{unbekannt", [Piece("{unbekannt")]),
        ("{{{number}}}", [Piece("{"), Piece("{number}", "number"), Piece("}")]),
    ],
)
def test_only_bare_known_placeholders_count(text, expected):
    assert list(pieces(text)) == expected


@pytest.mark.parametrize("text", ["{nama}", "{number!r}", "{note:>9}", "{number.x}", "{}", "{", "a } b"])
def test_text_with_a_placeholder_that_means_nothing_is_not_saved(text):
    message_text = MessageText(kind="requester.submit", language="id", subject="Uji", body=text)
    with pytest.raises(ValidationError) as refused:
        message_text.clean()
    assert list(refused.value.message_dict) == ["body"]
