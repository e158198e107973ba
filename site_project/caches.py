"""The cache that several machines share."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache

logger = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Redis that may be restarted: while it is away pages are drawn without it, and the log says so.

    An `add` succeeds then, so that people get in: limits are kept by adding.
    """

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return _or(default, super().get, key, default, version)

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        return _or({}, super().get_many, keys, version)

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return _or(True, super().add, *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> None:
        _or(None, super().set, *args, **kwargs)

    def set_many(self, *args: Any, **kwargs: Any) -> list[Any]:
        return _or([], super().set_many, *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return _or(False, super().touch, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return _or(False, super().delete, *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        _or(None, super().delete_many, *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return _or(False, super().has_key, *args, **kwargs)


def _or(without: Any, act: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """What the act returns, or ``without`` if there is no cache at the moment."""
    try:
        return act(*args, **kwargs)
    except Exception:  # whatever the client raises means the same
        logger.exception("The cache does not answer; pages go on without it, and limits are not kept.")
        return without
