"""A person's traces in a text are found however they are written, and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_plugin.domain.persons import Subject, merged, phone_forms, without_subject
from helpdesk_plugin.domain.redaction import LEFT_OUT

SARI = Subject(
    frozenset({"Sari Melati"}),
    frozenset({"sari@example.test"}),
    frozenset({"+6281234567890"}),
    frozenset({"198609262015052001"}),
)


@pytest.mark.parametrize(
    "written",
    [
        "Sari Melati",
        "SARI  MELATI",
        "sari+melati",
        "sari-melati",
        "Sari%20Melati",
        "sari@example.test",
        "SARI@example.test",
        "sari%40example.test",
        "081234567890",
        "0812-3456-7890",
        "0812 3456 7890",
        "+62 812-3456-7890",
        "6281234567890",
        "198609262015052001",
        "19860926 201505 2 001",
    ],
)
def test_every_writing_is_left_out(written):
    assert without_subject(f"kata {written}, tadi", SARI) == f"kata {LEFT_OUT}, tadi"
    assert any(needle.lower() in written.lower() for needle in SARI.needles)


@pytest.mark.parametrize(
    "text",
    ["Sari datang", "Melati mekar", "0812345678901", "sarimelati", "Rosari Melatinya", "HD-2026-000123", ""],
)
def test_what_is_not_the_person_stays(text):
    assert without_subject(text, SARI) == text


@given(
    st.recursive(
        st.text(max_size=20) | st.integers() | st.none() | st.booleans(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=10,
    )
)
def test_twice_is_once_and_the_shape_stays(value):
    once = without_subject(value, SARI)
    assert without_subject(once, SARI) == once
    assert type(once) is type(value)


def test_unknown_person_is_looked_for_nowhere():
    nobody = Subject(frozenset({"Budi"}))
    assert nobody.needles == ()
    assert without_subject("Budi datang", nobody) == "Budi datang"
    assert without_subject("Budi", nobody) == LEFT_OUT


def test_merging_forgets_nothing():
    other = Subject(frozenset({"S. Melati"}), frozenset({""}))
    assert merged([SARI, other]).names == {"Sari Melati", "S. Melati"}
    assert merged([SARI, other]).addresses == SARI.addresses


def test_landlines_and_odd_numbers_have_forms():
    assert "(0536) 21234" in " ".join(phone_forms("+6253621234"))
    assert phone_forms("") == ()
