"""Files that people send to staff."""

from __future__ import annotations

from django.db import models


class SentFile(models.Model):
    """A file as it was sent: only ever downloaded, never shown as a page of this site."""

    file_name = models.CharField(max_length=255)
    key = models.CharField(max_length=120)
    media_type = models.CharField(max_length=32)
    size_bytes = models.PositiveIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.file_name

    @property
    def folder(self) -> str:
        """The key of the folder that holds this file and nothing else."""
        return self.key.rpartition("/")[0]
