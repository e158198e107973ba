"""Where the site keeps files."""

import os
from pathlib import Path

from django.core.files.storage import FileSystemStorage


class DurableFileSystemStorage(FileSystemStorage):
    """Has the disk hold a file before anybody is told that it was received.

    The row that knows a file is committed durably; after a power cut it must not know one that the
    operating system had not written yet.
    """

    def _save(self, name: str, content) -> str:
        saved = super()._save(name, content)
        path, root = Path(self.path(saved)), Path(self.location)
        _sync(path)
        # New directories on the way are entries of their parents.
        for directory in path.parents:
            _sync(directory)
            if directory == root:
                break
        return saved


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
