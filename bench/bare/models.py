"""Plain tables with what the portal's lists show; no row security."""

from __future__ import annotations

from django.db import models


class City(models.Model):
    """A city."""

    name = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.name


class Park(models.Model):
    """A park in a city."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80, db_index=True)
    status = models.CharField(max_length=12)
    since = models.DateField()
    city = models.ForeignKey(City, on_delete=models.PROTECT)
    zone = models.CharField(max_length=80, blank=True)
    area_km2 = models.DecimalField(max_digits=14, decimal_places=6)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/parks/{self.slug}/"


class Case(models.Model):
    """A case of a city."""

    name = models.CharField(max_length=80, db_index=True)
    status = models.CharField(max_length=12)
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    city = models.ForeignKey(City, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/cases/{self.pk}/"


class Note(models.Model):
    """A text that is saved over and over."""

    text = models.TextField(blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.text[:40]
