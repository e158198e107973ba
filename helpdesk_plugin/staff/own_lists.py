"""The address of a list as it is kept and shared: what the list itself understands, and nothing else."""

from django.http import QueryDict

from helpdesk_plugin.models.personal import MAX_QUERY
from helpdesk_plugin.models.typed import storable
from helpdesk_plugin.staff.filters import TicketFilterSet

_BESIDES = ("q", "ordering")
_SUFFIXES = ("", "_from", "_to")


def kept_query(address: QueryDict | str) -> str:
    """The filters, order and search of an address, in a fixed order; empty for the plain list.

    Page numbers, exports and whatever the list does not know are left out, and so are filters that would
    make the address longer than a list can be kept.
    """
    asked = QueryDict(address[: 4 * MAX_QUERY]) if isinstance(address, str) else address
    known = [f"{name}{suffix}" for name in TicketFilterSet.base_filters for suffix in _SUFFIXES]
    kept = QueryDict(mutable=True)
    for name in (*known, *_BESIDES):
        values = [storable(value).strip() for value in asked.getlist(name)]
        longer = kept.copy()
        longer.setlist(name, sorted({value for value in values if value}))
        if len(longer.urlencode()) <= MAX_QUERY:
            kept = longer
    return kept.urlencode()
