"""The services as people look for them: in four groups, those of the wanted kind first."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from helpdesk_plugin.models import Category, Service


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


def _group(service: Service) -> str | None:
    return None if service.is_security else service.category
