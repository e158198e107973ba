"""One plain row: as wide in the list as a ticket, with none of its meaning."""

from django.db import models


class Thing(models.Model):
    name = models.CharField(max_length=40)
    place = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    rank = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return self.name
