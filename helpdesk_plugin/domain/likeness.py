"""How much two texts speak of the same thing: by the words that they share, the rarer the heavier.

Small enough for a few hundred texts at a time, and alike on every database.
"""

import math
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

MIN_LETTERS = 3
#: Words of a text that count; more make no text clearer.
MOST_WORDS = 60

_EVERYDAY = """
ada adalah agar akan anda antara apa apabila atas atau bagi bahwa banyak belum bisa bila boleh bukan
dalam dan dapat dari dengan dia dua hal hanya harus hari ini itu jadi jam jangan jika juga kalau
kami karena kantor kepada kita lagi lain lalu lebih maka masih mohon namun oleh pada para pagi pak
ibu bapak perlu pernah ruang saat saja sama sampai sangat satu saya sebagai sebelum secara sedang
sejak sekali selalu selama semua seperti serta sesudah setelah setiap siang sore suatu sudah supaya
tadi tapi telah tempat tentang terus tetap tetapi tiba tidak tolong untuk yaitu yang about after all
also and any are been before but can cannot does for from had has have how into its not now off our
out please since that the their them then there this was were what when which will with you your
"""
#: Words that every report is full of, Indonesian and English.
_EMPTY_WORDS = frozenset(_EVERYDAY.split())


def words_of(text: str) -> frozenset[str]:
    """The words of a text that say something, in small letters; the first `MOST_WORDS` of them."""
    found = dict.fromkeys(
        word
        for word in re.findall(r"[^\W_]+", text.casefold())
        if len(word) >= MIN_LETTERS and word not in _EMPTY_WORDS and not word.isdecimal()
    )
    return frozenset(list(found)[:MOST_WORDS])


def most_alike(
    text: str, others: Mapping[Key, str], *, most: int, nearer: Iterable[Key] = (), least: float = 0.0
) -> list[Key]:
    """Keys of at most ``most`` of the ``others`` that share words with ``text``, the nearest first.

    A word weighs the more the fewer of the others hold it. ``nearer`` keys (such as those of the same
    service) count half again as much. What shares nothing is left out, and what scores below ``least``, a
    share of what the text could score. Equal ones keep the order in which they came.
    """
    wanted, kept = words_of(text), {key: words_of(other) for key, other in others.items()}
    weight = _weights(wanted, kept.values())
    whole, close = sum(weight.values()), frozenset(nearer)
    scores = {
        key: sum(weight[word] for word in sorted(wanted & words)) * (1.5 if key in close else 1.0)
        for key, words in kept.items()
    }
    good = [key for key, score in scores.items() if score > 0 and score >= least * whole]
    return sorted(good, key=lambda key: -scores[key])[:most]


def _weights(wanted: frozenset[str], texts: Iterable[frozenset[str]]) -> dict[str, float]:
    held = Counter(word for words in texts for word in words & wanted)
    return {word: 1 / math.log2(2 + held[word]) for word in sorted(wanted)}
