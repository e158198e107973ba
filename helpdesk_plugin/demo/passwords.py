"""The one password of all demonstration accounts."""

import os
import secrets
from pathlib import Path

ENVIRONMENT = "HELPDESK_DEMO_PASSWORD"

#: Letters that are not taken for each other when read from a screen.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def is_given() -> bool:
    """Whether the environment sets the password."""
    return bool(os.environ.get(ENVIRONMENT))


def demo_password(path: Path | None) -> str | None:
    """Return the password of the environment, else the one kept in the file, made when there is none.

    None when neither is given. The file is readable by its owner alone.
    """
    if is_given():
        return os.environ[ENVIRONMENT]
    if path is None:
        return None
    if path.exists() and (kept := path.read_text(encoding="utf-8").strip()):
        return kept
    return _keep(path, "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4)))


def _keep(path: Path, password: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(password + "\n", encoding="utf-8")
    return password
