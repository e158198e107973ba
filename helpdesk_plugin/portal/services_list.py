"""The services as people look for them: in four groups, those of the wanted kind first."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from helpdesk_plugin.models import Category, Service


@dataclass(frozen=True)
class ServiceGroup:
    """A heading and the services under it."""

    name: str
    services: list[Service]


def grouped_services(kind: str | None = None, *, documents: bool = False) -> list[ServiceGroup]:
    """Offered services in the agency's order; with ``kind``, its usual ones first.

    One query, and one more with the documents that each asks for.
    """
    offered = Service.objects.offered()
    services = list(offered.prefetch_related("documents") if documents else offered)
    if kind is not None:
        services.sort(key=lambda service: service.usual_kind != kind)
    groups = [
        ServiceGroup(_("Infrastructure"), [s for s in services if _group(s) == Category.INFRASTRUCTURE]),
        ServiceGroup(_("Application"), [s for s in services if _group(s) == Category.APPLICATION]),
        ServiceGroup(_("Information security"), [s for s in services if s.is_security]),
        ServiceGroup(_("Other"), [s for s in services if _group(s) == Category.EITHER]),
    ]
    return [group for group in groups if group.services]


def _group(service: Service) -> str | None:
    return None if service.is_security else service.category
