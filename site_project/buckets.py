"""The tickets' files in an object storage (needs requirements-scale.txt)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NoReturn

from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage


class PrivateBucket(S3Storage):
    """Fails as a directory does, with OSError: people read the same sentence about a store in trouble."""

    def _save(self, name: str, content: Any) -> str:
        with _failing_as_a_directory():
            return super()._save(name, content)

    def _open(self, name: str, mode: str = "rb") -> Any:
        with _failing_as_a_directory():
            file = super()._open(name, mode)
            if "r" in mode:
                # Fetched now, while a failure can still be told; files of tickets are small.
                file.file  # noqa: B018 - a lazy property
            return file

    def delete(self, name: str) -> None:
        with _failing_as_a_directory():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _failing_as_a_directory():
            return super().exists(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with _failing_as_a_directory():
            return super().listdir(path)

    def get_modified_time(self, name: str) -> datetime:
        with _failing_as_a_directory():
            return super().get_modified_time(name)

    def url(self, name: str, *args: Any, **kwargs: Any) -> NoReturn:
        raise ValueError("Files of tickets have no address of their own.")


@contextmanager
def _failing_as_a_directory() -> Iterator[Callable[[], None]]:
    try:
        yield lambda: None
    except (BotoCoreError, ClientError) as error:
        raise OSError(f"The object storage failed: {type(error).__name__}") from error
