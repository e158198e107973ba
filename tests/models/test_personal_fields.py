"""Every field of the help desk is decided about: personal or not, and what becomes of it."""

import pytest
from django.apps import apps

from helpdesk_plugin.models.personal_fields import FIELDS, TICKET_OF, How, fields_of
from helpdesk_plugin.services.traces import OURS


def our_models():
    """Every table of ours but those of field history, which mirror the others."""
    for app in OURS:
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            if not model.__name__.startswith("Historical"):
                yield model


def columns(model):
    return {field.name for field in model._meta.local_concrete_fields}


@pytest.mark.parametrize("model", list(our_models()), ids=lambda model: model.__name__)
def test_every_field_is_decided(model):
    decided = {name for how in How for name in fields_of(model.__name__, how)}
    undecided = columns(model) - decided
    assert undecided == set(), "Say in models/personal_fields.py what these are to somebody's data."
    gone = decided - columns(model)
    assert gone == set(), "These fields are no more: take them out of models/personal_fields.py."


def test_no_model_is_decided_that_does_not_exist():
    assert set(FIELDS) == {model.__name__ for model in our_models()}


def test_no_field_is_decided_twice():
    for model in FIELDS:
        named = [name for how in How for name in fields_of(model, how)]
        assert len(named) == len(set(named)), model


def test_whatever_hangs_on_a_ticket_is_reached():
    for model in our_models():
        to_ticket = [
            f.name
            for f in model._meta.local_concrete_fields
            if f.related_model is apps.get_model(OURS[0], "Ticket")
        ]
        if to_ticket and model.__name__ not in {"Ticket", "NoticeProposal_tickets"}:
            assert TICKET_OF[model.__name__] in to_ticket


@pytest.mark.parametrize("name", ["requester_name", "requester_email", "requester_nip", "description"])
def test_what_the_requester_says_is_gone(name):
    assert name in fields_of("Ticket", How.GONE)
