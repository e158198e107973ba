"""A file that was acknowledged is on the disk, its directories too."""

import os

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from site_project.storages import DurableFileSystemStorage


def test_a_file_and_its_directories_are_synced(tmp_path, monkeypatch):
    synced = []

    def note(handle):
        synced.append(os.readlink(f"/proc/self/fd/{handle}") if os.path.exists("/proc/self/fd") else handle)

    monkeypatch.setattr(os, "fsync", note)
    store = DurableFileSystemStorage(location=tmp_path / "private")
    name = store.save("helpdesk/ab/abc", ContentFile(b"isi"))
    expected = [tmp_path / "private" / name, *(tmp_path / "private" / name).parents[:3]]
    assert synced == [str(path) for path in expected] or len(synced) == 4
    assert isinstance(storages["helpdesk"], DurableFileSystemStorage)
