"""Running numbers without gaps or doubles."""

from helpdesk_plugin.models import NumberSeries


def next_in_series(name: str, year: int) -> int:
    """Give out the next number of a series; its row stays locked until the transaction ends.

    A transaction that fails gives its number back, so a series has no gaps.
    """
    NumberSeries.objects.get_or_create(name=name, year=year)
    series = NumberSeries.objects.select_for_update().get(name=name, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last
