"""The services as people look for them: in four groups, those of the wanted kind first, or by words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from helpdesk_plugin.models import Category, Service, TicketKind

#: Words of a search that count; more make no catalogue smaller.
MOST_WORDS = 8
#: What people call the two kinds besides their labels (glossary §2).
_KIND_WORDS = {
    TicketKind.INCIDENT.value: "keluhan gangguan disruption incident",
    TicketKind.REQUEST.value: "pengajuan permintaan permohonan request",
}


@dataclass(frozen=True)
class ServicePart:
    """Services of a group; ``others`` are those that usually come as the other kind of ticket."""

    services: list[Service]
    others: bool = False


@dataclass(frozen=True)
class ServiceGroup:
    """A heading and the services under it."""

    name: str
    services: list[Service]
    kind: str | None = None

    @property
    def parts(self) -> list[ServicePart]:
        """The services of the wanted kind, then the others."""
        usual = [s for s in self.services if s.usual_kind == self.kind or s.category == Category.EITHER]
        parts = [ServicePart(usual), ServicePart([s for s in self.services if s not in usual], others=True)]
        return [part for part in parts if part.services]


def grouped_services(kind: str | None = None, *, documents: bool = False) -> list[ServiceGroup]:
    """Offered services in the agency's order, for people who look for a ``kind`` of ticket.

    One query, and one more with the documents that each asks for.
    """
    offered = Service.objects.offered()
    services = list(offered.prefetch_related("documents") if documents else offered)
    named = (
        (_("Infrastructure"), [s for s in services if _group(s) == Category.INFRASTRUCTURE]),
        (_("Application"), [s for s in services if _group(s) == Category.APPLICATION]),
        (_("Information security"), [s for s in services if s.is_security]),
        (_("Other"), [s for s in services if _group(s) == Category.EITHER]),
    )
    return [ServiceGroup(name, found, kind) for name, found in named if found]


def matching(groups: Iterable[ServiceGroup], query: str) -> list[ServiceGroup]:
    """The groups with only those services that hold every word of the query; groups without any are gone.

    Looks at names, codes, hints, documents (which must have been read) and the words that people use.
    """
    words = [word for word in _words(query) if word][:MOST_WORDS]
    found = [(group, [s for s in group.services if _holds(s, words)]) for group in groups]
    return [ServiceGroup(group.name, services, group.kind) for group, services in found if services]


def _holds(service: Service, words: list[str]) -> bool:
    told = " ".join(
        [
            service.name,
            service.code,
            service.search_words,
            service.hint,
            service.product,
            service.central_operator,
            _KIND_WORDS[service.usual_kind],
            *(document.name for document in service.documents.all()),
        ]
    )
    text = " ".join(_words(told))
    return all(word in text for word in words)


def _words(text: str) -> list[str]:
    """Small letters and digits: "Wi-Fi" and "wifi" are the same word, "SP4N-LAPOR!" is found by "lapor"."""
    return re.sub(r"[^\w\s]", "", text.casefold()).split()


def _group(service: Service) -> str | None:
    return None if service.is_security else service.category
