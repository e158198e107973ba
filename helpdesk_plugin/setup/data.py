"""The seed data that comes with the package, as plain values."""

import csv
import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "data"


def read_json(name: str) -> Any:
    """Return the content of a JSON file of the package."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def read_csv(name: str) -> list[dict[str, str]]:
    """Return the lines of a CSV file of the package, by the names in its first line."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
