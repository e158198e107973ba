"""Which texts speak of the same thing."""

from hypothesis import given
from hypothesis import strategies as st

from helpdesk_plugin.domain.likeness import MOST_WORDS, most_alike, words_of

TEXTS = {
    "kabel": "Internet kantor mati: kabel serat putus, lampu LOS merah",
    "akun": "Akun email dinas terkunci karena kata sandi salah",
    "printer": "Printer tidak mencetak, tinta habis",
}


def test_the_nearest_comes_first_and_strangers_not_at_all():
    assert most_alike("lampu LOS merah, internet mati", TEXTS, most=3) == ["kabel"]
    assert most_alike("email terkunci, lampu menyala", TEXTS, most=3) == ["akun", "kabel"]
    assert most_alike("gedung terbakar", TEXTS, most=3) == []


def test_rare_words_weigh_more_than_common_ones():
    others = dict.fromkeys(range(10), "internet mati") | {"rare": "sertifikat kedaluwarsa"}
    assert most_alike("internet sertifikat", others, most=1) == ["rare"]


def test_those_at_hand_are_nearer():
    others = {"far": "internet mati", "near": "internet mati"}
    assert most_alike("internet mati", others, most=2, nearer=["near"]) == ["near", "far"]


def test_too_little_in_common_is_left_out():
    assert most_alike("internet router modem antena", TEXTS, most=3, least=0.5) == []


def test_empty_words_and_bare_numbers_say_nothing():
    assert words_of("Yang tidak bisa 12345 di kantor kami") == frozenset()
    assert len(words_of(" ".join(f"kata{n}" for n in range(500)))) == MOST_WORDS


@given(st.text(), st.dictionaries(st.integers(), st.text(), max_size=8), st.integers(0, 5))
def test_answers_are_keys_once_each_and_bounded(text, others, most):
    found = most_alike(text, others, most=most)
    assert len(found) <= most
    assert len(set(found)) == len(found)
    assert all(words_of(text) & words_of(others[key]) for key in found)
