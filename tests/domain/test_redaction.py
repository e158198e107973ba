"""Nobody is left in a text that others will read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_plugin.domain.redaction import LEFT_OUT, Person, without_personal_data

SARI = Person(
    names=("Sari Melati Kusuma", "sari.melati"),
    numbers=("+6281234567890", "199001012015032001"),
    addresses=("sari.melati@example.test",),
)

KEPT = (
    "Kabel serat putus di lantai 2, lampu LOS merah.",
    "Sejak 23-11-2026 08.15 tidak ada sinyal; pulih 2026-11-24.",
    "Alamat 192.168.100.200 bentrok dengan 10.10.10.1.",
    "Ganti konektor SC/UPC, 4 buah, panjang 120 m, -27,5 dBm.",
    "Port 8080, VLAN 1200, galat 0x8007.",
)


@pytest.mark.parametrize("text", KEPT)
def test_what_belongs_to_nobody_stays(text):
    assert without_personal_data(text, [SARI]) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Akun Sari Melati Kusuma terkunci", f"Akun {LEFT_OUT} terkunci"),
        ("akun SARI terkunci, MELATI sudah tahu", f"akun {LEFT_OUT} terkunci, {LEFT_OUT} sudah tahu"),
        ("Sari  Melati, Kusuma", LEFT_OUT),
        ("Kirim ke sari.melati@example.test", f"Kirim ke {LEFT_OUT}"),
        ("Kirim ke orang-lain @ example.go.id!", f"Kirim ke {LEFT_OUT}"),
        ("Hubungi 0812-3456-7890 lagi", f"Hubungi {LEFT_OUT} lagi"),
        ("WA081234567890abc", f"WA{LEFT_OUT}abc"),
        ("Telepon (0536) 12345 atau +62 812 3456 7890", f"Telepon {LEFT_OUT} atau {LEFT_OUT}"),
        ("NIP 19900101 201503 2 001", f"NIP {LEFT_OUT}"),
        ("NIK 6206014101900001.", f"NIK {LEFT_OUT}."),
        ("Pada 23-11-2026 08.15 081234567890", f"Pada 23-11-2026 08.15 {LEFT_OUT}"),
        ("Bapak Budi Santoso sudah ditemui", f"Bapak {LEFT_OUT} sudah ditemui"),
        ("kata pak budi kabelnya putus", f"kata pak {LEFT_OUT} kabelnya putus"),
        ("Nama: Rina", f"Nama: {LEFT_OUT}"),
        ("０８１２３４５６７８９０", LEFT_OUT),
        ("S\u200bari dan sa\u00adri", f"{LEFT_OUT} dan {LEFT_OUT}"),
        ("Sarinah dan Melatih", "Sarinah dan Melatih"),
    ],
)
def test_people_are_left_out(text, expected):
    assert without_personal_data(text, [SARI]) == expected


words = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
name_parts = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZéØ", min_size=3, max_size=9),
    min_size=1,
    max_size=3,
)


@given(words, name_parts, words, st.sampled_from([str.upper, str.lower, str.title]))
def test_no_part_of_a_name_is_left_standing_alone(before, parts, after, written):
    person = Person(names=(" ".join(parts),))
    found = without_personal_data(f"{before} {written(' '.join(parts))} {after}", [person])
    for part in parts:
        assert not re.search(rf"(?<!\w){re.escape(part)}(?!\w)", found, re.IGNORECASE)


@given(words, st.integers(10**8, 10**18 - 1), st.sampled_from(["", " ", "-", ".", " - "]), words)
def test_no_long_number_is_left(before, number, mark, after):
    grouped = mark[:2].join(re.findall(r"\d{1,4}", f"0{number}"))
    found = without_personal_data(f"{before}x{grouped}x{after}")
    assert grouped not in found
    assert f"0{number}" not in re.sub(r"\D", "", found)


@given(words, st.emails(), words)
def test_no_address_is_left(before, address, after):
    found = without_personal_data(f"{before} {address} {after}", [Person(addresses=(address,))])
    assert address.lower() not in found.lower()


@given(words, st.lists(st.builds(Person, names=st.tuples(words), numbers=st.tuples(words))))
def test_doing_it_twice_changes_nothing_more(text, people):
    once = without_personal_data(text, people)
    assert without_personal_data(once, people) == once
