"""What a backup says of itself: which moment, which database, and the fingerprints of everything in it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

NAME = "manifest.json"
FORMAT = 1
_CHUNK = 1024 * 1024


class NoBackup(Exception):
    """The directory holds no backup that this version can read; the sentence says why."""


@dataclass(frozen=True)
class StoredFile:
    """One file: the model's field that knows it, its name in the store, its size in bytes and SHA-256."""

    field: str
    name: str
    size: int
    sha256: str

    @property
    def path(self) -> Path:
        """Where it lies below the backup's directory."""
        return Path("files", self.field, self.name)


@dataclass(frozen=True)
class Manifest:
    """``made_at`` is the moment of the database's snapshot (UTC); ``tables`` are name → rows and fingerprint.

    ``gone`` are files whose rows were deleted while they were being copied; ``files`` is None for a backup
    of the database alone.
    """

    made_at: datetime
    vendor: str
    dump: str
    dump_sha256: str
    tables: dict[str, list]
    files: list[StoredFile] | None = None
    gone: list[str] = field(default_factory=list)

    def write(self, directory: Path) -> None:
        told = {"format": FORMAT, **asdict(self), "made_at": self.made_at.isoformat()}
        (directory / NAME).write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, directory: Path) -> "Manifest":
        """Raises NoBackup."""
        try:
            told = json.loads((directory / NAME).read_text(encoding="utf-8"))
        except OSError:
            raise NoBackup(
                f"{directory} holds no {NAME}: it is no backup, or one that was not finished."
            ) from None
        except ValueError:
            raise NoBackup(f"{directory / NAME} is damaged.") from None
        if told.pop("format", None) != FORMAT:
            raise NoBackup(f"{directory} was made by another version of the help desk.")
        files = told.pop("files")
        told["made_at"] = datetime.fromisoformat(told["made_at"])
        return cls(**told, files=None if files is None else [StoredFile(**one) for one in files])

    def damage(self, directory: Path) -> Iterator[str]:
        """What in the directory is missing or no longer what it was, as sentences."""
        wanted = {Path(self.dump): self.dump_sha256}
        wanted |= {one.path: one.sha256 for one in self.files or ()}
        for path, sha256 in wanted.items():
            try:
                if sha256_of(directory / path) != sha256:
                    yield f"{path} has changed since the backup was made."
            except OSError:
                yield f"{path} is missing or cannot be read."


def sha256_of(path: Path) -> str:
    """Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
