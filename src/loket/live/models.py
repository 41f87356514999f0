from django.db import models


class Topic(models.Model):
    """Something screens watch, and how often it has changed. Says nothing of what changed."""

    name = models.CharField(max_length=60, unique=True)
    version = models.BigIntegerField(default=0)

    def __str__(self):
        return f"{self.name} v{self.version}"
