"""Work out the IKM again from the raw answers of a survey, with nothing but Python itself.

    python scripts/recompute_ikm.py jawaban-skm-opd-semester-ii-2026.csv

Reads the file that “Raw answers (CSV)” hands out and prints, for all answers and for each agency (or
service), respondents, NRR of the nine elements, IKM and grade. It shares no line with the help desk, so that
whoever doubts a figure can check it.
"""

import csv
import sys
from decimal import ROUND_HALF_UP, Decimal, getcontext

ELEMENTS = [f"U{n}" for n in range(1, 10)]
GRADES = [("A", "88.31"), ("B", "76.61"), ("C", "65.00"), ("D", "25.00")]
ENOUGH = 30

# Far more digits than the answers of a whole nation could need.
getcontext().prec = 60


def rounded(number, decimals):
    # A ninth has no end: what is a half in truth may lack its last digit here. First give it back.
    given_back = number.quantize(Decimal(1).scaleb(-30), rounding=ROUND_HALF_UP)
    return given_back.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def result(rows):
    means = []
    for element in ELEMENTS:
        filled = [int(row[element]) for row in rows if row[element].strip()]
        means.append(Decimal(sum(filled)) / len(filled) if filled else None)
    line = {"responden": len(rows)}
    line |= {
        name: "" if mean is None else rounded(mean, 3) for name, mean in zip(ELEMENTS, means, strict=True)
    }
    if None in means:
        return line | {"ikm": "", "mutu": "", "catatan": ""}
    index = rounded(sum(means) / 9 * 25, 2)
    grade = next(letter for letter, lowest in GRADES if index >= Decimal(lowest))
    note = "" if len(rows) >= ENOUGH else "belum cukup responden"
    return line | {"ikm": index, "mutu": grade, "catatan": note}


def recompute(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    group = "opd" if rows and "opd" in rows[0] else "layanan"
    groups = {"SEMUA": rows}
    for row in rows:
        if row[group]:
            groups.setdefault(row[group], []).append(row)
    return [{"kelompok": name, **result(of_group)} for name, of_group in groups.items()]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    lines = recompute(sys.argv[1])
    writer = csv.DictWriter(sys.stdout, fieldnames=list(lines[0]))
    writer.writeheader()
    writer.writerows(lines)


if __name__ == "__main__":
    main()
