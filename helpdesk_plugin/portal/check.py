"""Everything that a form says, in groups as it stood on the form, to be read once more before it is sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from helpdesk_plugin.domain.indonesia import format_nip, format_phone
from helpdesk_plugin.models import TicketKind
from helpdesk_plugin.models.questions import answers_in_words
from helpdesk_plugin.portal.forms import FilingForm, WhatHappened
from helpdesk_plugin.templatetags.helpdesk import long_date, long_datetime

_PERSON = (
    *("requester_name", "opd", "requester_unit"),
    *("requester_phone", "requester_email", "requester_nip"),
)


@dataclass(frozen=True)
class Row:
    """One line: what was asked, and what was said, if anything; ``files`` are those that are kept."""

    label: str
    text: str = ""
    files: tuple = ()


@dataclass(frozen=True)
class Group:
    """The lines of one part of the form; ``anchor`` is the id of that part's heading."""

    title: str
    anchor: str
    rows: list[Row]


def groups_of(form: FilingForm, slots: Iterable) -> list[Group]:
    """What a valid form and its kept files say, part by part; parts without a line are left out."""
    kind = form.kind
    found = [
        Group(_("First of all"), "hd-part-first", _answers(form, form.asked_first)),
        Group(
            _("What happened") if kind is TicketKind.INCIDENT else _("What you need"),
            "hd-part-1",
            _facts(form),
        ),
        Group(_("About this service"), "hd-part-questions", _answers(form, form.asked)),
        Group(_("Letter and files"), "hd-part-2", [*_letter(form), *_files(slots)]),
        Group(_("About you"), "hd-part-3", [_row(form, name) for name in _PERSON]),
    ]
    return [group for group in found if group.rows]


def _facts(form: FilingForm) -> list[Row]:
    names = ["summary", "description", "who_affected", "alternative", "wished_date"]
    rows = [_row(form, name) for name in names if name in form.fields]
    if "occurred_date" in form.fields:
        moment = long_datetime(form.cleaned_data.get("occurred_at"))
        rows.insert(2, Row(_("When did it happen?"), moment))
    return rows


def _answers(form: FilingForm, fields: Iterable) -> list[Row]:
    """The questions among ``fields`` with their answers, those left open included."""
    said = {answer["question"]: answer for answer in form.answers()}
    rows = []
    for field in fields:
        answer = said.get(field.field.question.pk)
        in_words = answers_in_words([answer]) if answer else []
        rows.append(Row(str(field.label), in_words[0][1] if in_words else ""))
    return rows


def _letter(form: FilingForm) -> list[Row]:
    """What was said about the letter: nothing needs to be, so only what is there."""
    rows = [_row(form, name) for name in WhatHappened._LETTER if name in form.fields]
    return [row for row in rows if row.text]


def _files(slots: Iterable) -> list[Row]:
    return [Row(slot.label, files=tuple(slot.kept)) for slot in slots]


def _row(form: FilingForm, name: str) -> Row:
    return Row(str(form.fields[name].label), _in_words(form, name))


def _in_words(form: FilingForm, name: str) -> str:
    value = form.cleaned_data.get(name)
    if not value:
        return ""
    if isinstance(value, date):
        return long_date(value)
    if name == "requester_phone":
        return format_phone(value)
    if name == "requester_nip":
        return format_nip(value)
    choices = getattr(form.fields[name], "choices", None)
    # Agencies are rows of a table, which name themselves; the other choices are words of ours.
    return str(dict(choices).get(value, value)) if choices is not None and name != "opd" else str(value)
