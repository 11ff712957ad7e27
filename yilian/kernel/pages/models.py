"""What people keep for themselves on the pages."""

from django.conf import settings
from django.db import models


class SavedFilter(models.Model):
    """A named query of a list; belongs to one person."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=24, db_collation="C")
    title = models.CharField(max_length=40)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["user", "kind", "title"], name="saved_filter_title")]

    def __str__(self) -> str:
        return self.title
