"""Hostile input by the thousand: whatever comes in, the answer is a sentence or a plain 4xx, never a failure.

Within `make test` a handful of examples, always the same; `make fuzz` draws as many as one likes, by a seed
that it tells, so that a find can be had again.
"""

import os
from urllib.parse import quote

from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))
SEED = os.environ.get("FUZZ_SEED", "")

#: What has broken forms elsewhere; drawn more often than letters at random.
HOSTILE = [
    *("", " ", "0", "-1", "1e9", "9" * 400, "NaN", "1/0", "true", "null", "[]", "{}", "all", "__all__"),
    *("\x00", "a\x00b", "\ufffe\uffff", "\ud800", "\u202e\u200b\u2066", "\x1b[31m", "\r\nX: y", "\t\n\x0b"),
    *("'; DROP TABLE--", "%s%n%d{0}{{x}}{% now %}", "=1+1", "@SUM(A1)", "<script>alert(1)</script>"),
    *(
        "../../etc/passwd",
        "//example.com",
        "javascript:alert(1)",
        "http://[::1",
        "https://example.com:99999/",
    ),
    *("１２３", "١٢٣", "²³", "Ⅻ", "💥" * 50, "ı" * 30, "ﷺ" * 200, "a" * 5000, "Z͑ͫ" * 40),
    *("31/02/2026", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "2026-W01", "2026-11-27T25:61"),
    *("-0001-01-01", "2026-11", "2026-99", "24:00", "25.61", "1.5", "00:00:00.0000001", "2026-11-27 23:59"),
    *("a@", "@b", "a@b@c", "a" * 300 + "@b.id", "+62", "0" * 60, "HD-2026-999999", "HD-0000-000000", "HD--1"),
    *("99999999999999999999", "-99999999999999999999", "2147483648", "9223372036854775808", "1_000", "0x1f"),
]


def fuzzed(share: float = 1.0, *, few: int):
    """Settings of one fuzz test: ``few`` examples within the suite, ``share`` of all that were asked for."""
    many = max(few, round(EXAMPLES * share))

    def decorate(test):
        test = settings(
            max_examples=many if EXAMPLES else few,
            deadline=None,
            database=None,
            derandomize=not SEED,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        )(test)
        return seed(int(SEED))(test) if SEED else test

    return decorate


def texts():
    """A value of a field, half-way sane or not at all."""
    return st.one_of(
        st.sampled_from(HOSTILE),
        st.text(max_size=60),
        st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}", fullmatch=True),
        st.from_regex(r"[A-Z0-9-]{1,20}", fullmatch=True),
        st.integers().map(str),
    )


def encoded(fields: list[tuple[str, str]]) -> str:
    """Fields as a browser writes them, and surrogates as only a program would."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in fields)


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def mutated(seeds: list[bytes]):
    """A file that was whole once: cut, with bytes changed, pieces doubled, or something else before it."""

    @st.composite
    def draw_one(draw):
        content = bytearray(draw(st.sampled_from(seeds)))
        for _ in range(draw(st.integers(0, 6))):
            at = draw(st.integers(0, max(0, len(content) - 1)))
            how = draw(st.sampled_from("scidz"))
            if how == "s":
                content[at : at + 1] = bytes([draw(st.integers(0, 255))])
            elif how == "c":
                del content[at:]
            elif how == "i":
                content[at:at] = draw(st.binary(max_size=12))
            elif how == "d":
                content[at:at] = content[at : at + draw(st.integers(1, 200))]
            else:
                content[at : at + 4] = draw(
                    st.sampled_from([b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff"])
                )
        return bytes(content)

    return draw_one()
