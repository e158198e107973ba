"""Field history of rows that are edited inside the form of what they belong to."""

import copy

from django.db import models
from modelcluster.fields import ParentalKey
from simple_history.models import HistoricalRecords


class HistoryOfParts(HistoricalRecords):
    """History of a model with a ParentalKey, which history rows refer to as a plain foreign key.

    A ParentalKey insists on a way back from the parent, and history rows must not have one.
    """

    def fields_included(self, model):
        return [_plain(field) for field in super().fields_included(model)]


def _plain(field):
    if not isinstance(field, ParentalKey):
        return field
    field = copy.copy(field)
    field.__class__ = models.ForeignKey
    return field
