"""Pages of a list that may be a million long: counted up to a bound, fetched by their keys."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.paginator import WagtailPaginator

#: So many lines of a list can be turned to; whoever looks for older ones narrows the list.
MOST = 1_000


class BoundedPaginator(WagtailPaginator):
    """Counts no further than `MOST`, and reads wide rows for the lines of one page alone.

    Finding the keys of a page in an index is cheap however many tickets there are; joining, sorting and
    skipping whole rows is not.
    """

    @cached_property
    def _counted(self) -> int:
        return self.object_list.order_by().values("pk")[: MOST + 1].count()

    @property
    def goes_on(self) -> bool:
        """Whether there are more than can be turned to."""
        return self._counted > MOST

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST)

    @property
    def items_count_label(self):
        if not self.goes_on:
            return super().items_count_label
        return _("More than %(count)d %(items)s") % {"count": MOST, "items": self.verbose_name_plural}

    def page(self, number):
        """The lines of one page, in the order of the list. Two queries, none for an empty list."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        found = self.object_list.values_list("pk", flat=True)[first : first + self.per_page]
        keys = list(found) if self.count else []
        rows = self.object_list.model.objects.with_list_facts().in_bulk(keys)
        return self._get_page([rows[key] for key in keys if key in rows], number, self)
