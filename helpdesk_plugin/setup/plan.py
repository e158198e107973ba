"""What a step of setup would add, worked out before anything is written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.db import models
from django.utils.functional import Promise
from simple_history.utils import bulk_create_with_history


@dataclass(frozen=True)
class Situation:
    """What a step needs to know to plan: the keys recorded by earlier runs, and the agency's date."""

    recorded: frozenset[str]
    today: date


@dataclass(frozen=True)
class Addition:
    """One thing that would be added.

    ``key`` is recorded for ever, ``label`` is what a person reads, ``what`` is the step's own business.
    """

    key: str
    label: str
    what: Any = None


@dataclass
class Plan:
    """``in_place`` are keys of things that exist without setup having made them; they are recorded too."""

    additions: list[Addition] = field(default_factory=list)
    in_place: list[str] = field(default_factory=list)


class SetupStep(Protocol):
    """One subject of setup. `plan` only reads; `add` writes what a plan of the same step holds."""

    title: str | Promise

    def plan(self, situation: Situation) -> Plan: ...

    def add(self, additions: Sequence[Addition]) -> None: ...


@dataclass(frozen=True)
class Seed:
    """A row to add with the rows that hang on it; ``link`` is their field that points to it.

    ``name`` is the lasting part of its key. ``words`` say of the row what its own name does not.
    """

    name: str
    row: models.Model
    children: Sequence[models.Model] = ()
    link: str = ""
    words: str = ""

    def label(self) -> str:
        more = [self.words] if self.words else [str(child) for child in self.children]
        return f"{self.row}: {', '.join(more)}" if more else str(self.row)


class Rows:
    """Rows of one model. One that exists by any of ``identities`` (groups of fields) is left alone.

    Children come only with a row that setup makes itself, never to one that it found.
    """

    def __init__(
        self,
        model: type[models.Model],
        prefix: str,
        identities: Sequence[tuple[str, ...]],
        seeds: Callable[[date], Iterable[Seed]],
    ) -> None:
        self.model, self.prefix, self.identities, self.seeds = model, prefix, identities, seeds

    @property
    def title(self) -> str | Promise:
        return self.model._meta.verbose_name_plural or ""

    def plan(self, situation: Situation) -> Plan:
        plan = Plan()
        taken = {fields: self._existing(fields) for fields in self.identities}
        for seed in self.seeds(situation.today):
            key = f"{self.prefix}:{seed.name}"
            if key in situation.recorded:
                continue
            if any(_values(seed.row, fields) in found for fields, found in taken.items()):
                plan.in_place.append(key)
            else:
                plan.additions.append(Addition(key, seed.label(), seed))
        return plan

    def add(self, additions: Sequence[Addition]) -> None:
        seeds: list[Seed] = [addition.what for addition in additions]
        _create(self.model, [seed.row for seed in seeds])
        children = [child for seed in seeds for child in _linked(seed)]
        for model in dict.fromkeys(type(child) for child in children):
            _create(model, [child for child in children if type(child) is model])

    def _existing(self, fields: tuple[str, ...]) -> set[tuple]:
        return set(self.model._default_manager.values_list(*fields))


def _values(row: models.Model, fields: tuple[str, ...]) -> tuple:
    return tuple(getattr(row, name) for name in fields)


def _linked(seed: Seed) -> list[models.Model]:
    for child in seed.children:
        setattr(child, seed.link, seed.row)
    return list(seed.children)


def _create(model: type[models.Model], rows: list[models.Model]) -> None:
    """Write rows together, with their first line of field history where the model keeps one."""
    if hasattr(model, "history"):
        bulk_create_with_history(rows, model, default_change_reason="setup")
    else:
        model._default_manager.bulk_create(rows)
