from django.db import models


class ChainHead(models.Model):
    """Where an office's event log ends. Held by every write of the office, so that moves have one order."""

    office = models.CharField(max_length=16, unique=True)
    seq = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    def __str__(self):
        return f"{self.office} #{self.seq}"


class Event(models.Model):
    """Something that happened, never changed afterwards. Carries no personal data (DESIGN D7)."""

    office = models.CharField(max_length=16)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)
    by = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    before = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "seq"], name="event_seq_once_an_office")]
        indexes = [models.Index(fields=["subject"], name="event_subject")]

    def __str__(self):
        return f"{self.office} #{self.seq} {self.kind}"


class Replay(models.Model):
    """The answer already given to a request with this key, so that pressing twice is pressing once (D5)."""

    scope = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    answer = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        # None by time: old ones are looked for once an hour, and each press would write it.
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="replay_key_once")]

    def __str__(self):
        return f"{self.scope} {self.key}"


class Tries(models.Model):
    """How often somebody went through a door with a limit, until this span of time ends (base.limiting)."""

    key = models.CharField(max_length=64, unique=True)
    ends = models.DateTimeField()
    count = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["ends"], name="tries_ends")]

    def __str__(self):
        return f"{self.count} until {self.ends:%H:%M:%S}"


class Heartbeat(models.Model):
    """When a part of the program was last seen working."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    note = models.CharField(max_length=200, default="", blank=True)

    def __str__(self):
        return f"{self.name} {self.at:%H:%M:%S}"
