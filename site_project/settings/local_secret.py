"""The secret key of a local try-out: made once and kept in var/, never in the repository."""

import os
import secrets
from pathlib import Path


def local_secret(var_dir: Path) -> str:
    """Return the key kept in `var_dir`/secret-key and make it first if there is none.

    Two processes may start at the same time: whoever creates the file wins and both read the same key.
    The file is readable by its owner only.
    """
    path = var_dir / "secret-key"
    draft = var_dir / f"secret-key.{os.getpid()}"
    if not path.exists():
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
