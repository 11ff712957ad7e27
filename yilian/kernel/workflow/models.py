"""The thin Case, who takes part in it, and what happened to it.

The model and its measurements: docs/adr/0002. Lists read `participation`; the copies on it (kind, state, open, due,
priority, turn, prime, watches) are kept by triggers, never by Python.
"""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from yilian.kernel.registries.keys import moment_of, uuid7
from yilian.kernel.workflow.case_type import CaseType, case_types

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models.fields.related_descriptors import RelatedManager


PRIORITIES = range(1, 5)
"""Urgencies a case may have, the highest first: as many as ServiceRequest.priority knows in FHIR."""
AWAITS_REPLY = 1 << 16
"""Bit of `Case.flags`: a message on the case waits for a reply. The bits below belong to the case types."""


class Case(models.Model):
    """A piece of work with a state and parties; each case type extends it with its own columns."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=24, db_collation="C", editable=False)
    number = models.CharField(_("编号"), max_length=24, db_collation="C", editable=False)
    state = models.CharField(_("状态"), max_length=24, db_collation="C", editable=False)
    open = models.BooleanField(default=True, editable=False)
    since = models.DateTimeField(_("进入本状态"), editable=False)
    due = models.DateTimeField(_("办理时限"), null=True, editable=False)
    patient = models.ForeignKey(settings.PATIENT_MODEL, models.PROTECT, null=True, db_index=False, related_name="cases")
    consortium = models.ForeignKey(
        settings.CONSORTIUM_MODEL, models.PROTECT, null=True, db_index=False, related_name="cases"
    )
    priority = models.SmallIntegerField(_("紧急程度"), default=3)
    version = models.IntegerField(default=1, editable=False)
    flags = models.IntegerField(default=0, editable=False)
    title = models.CharField(_("标题"), max_length=200)
    parties = ArrayField(models.IntegerField(), editable=False)
    digest = models.BinaryField(max_length=32, default=b"", editable=False)

    participations: "RelatedManager[Participation]"
    history: "RelatedManager[Happening]"
    sides: "list[Participation] | None" = None
    """Who takes part, where the engine has read it already."""
    is_held: bool = False
    """Opened by this transaction, so that nobody else can have it: a step need not lock and read it again."""

    class Meta:
        db_table = "case_file"
        verbose_name = _("事项")
        constraints = [
            UniqueConstraint(fields=["number"], name="case_number"),
            CheckConstraint(condition=Q(parties__len__gt=0), name="case_parties_some"),
            CheckConstraint(condition=Q(version__gt=0), name="case_version"),
            CheckConstraint(condition=Q(priority__range=(PRIORITIES[0], PRIORITIES[-1])), name="case_priority"),
        ]
        indexes = [
            Index(fields=["patient", "-id"], name="case_patient", condition=Q(patient__isnull=False)),
            Index(fields=["consortium", "-id"], name="case_consortium", condition=Q(consortium__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def case_type(self) -> CaseType:
        return case_types[self.kind]

    @property
    def state_title(self) -> str:
        return self.case_type.state_title(self.state)

    @property
    def tone(self) -> str:
        return self.case_type.tone(self.state)

    @property
    def opened_at(self) -> "datetime":
        """When the case was opened, read from its key."""
        return moment_of(self.id)

    def institution_of(self, side: str) -> int | None:
        """Return the institution that plays this side (the first, if several), or None."""
        code = self.case_type.side(side).code
        return next((row.institution_id for row in self.taking_part() if row.side == code), None)

    def taking_part(self) -> "list[Participation]":
        """Return who plays which side."""
        return list(self.participations.all()) if self.sides is None else self.sides

    def get_absolute_url(self) -> str:
        return f"/{self.kind}/{self.pk}/"


class Participation(models.Model):
    """An institution plays a side in a case."""

    pk = models.CompositePrimaryKey("case_id", "institution_id", "side")
    case = models.ForeignKey(Case, models.PROTECT, db_index=False, related_name="participations")
    institution = models.ForeignKey(
        settings.INSTITUTION_MODEL, models.PROTECT, db_index=False, related_name="participations"
    )
    side = models.SmallIntegerField()
    kind = models.CharField(max_length=24, db_collation="C", editable=False)
    state = models.CharField(max_length=24, db_collation="C", editable=False)
    open = models.BooleanField(editable=False)
    due = models.DateTimeField(null=True, editable=False)
    priority = models.SmallIntegerField(editable=False)
    turn = models.IntegerField(default=0, editable=False)
    prime = models.BooleanField(default=True, editable=False)
    watches = models.BooleanField(default=False, editable=False)

    class Meta:
        db_table = "participation"
        indexes = [
            Index(
                fields=["institution", "kind", "-case"],
                name="part_new",
                include=["state", "priority"],
                condition=Q(prime=True),
            ),
            Index(
                fields=["institution", "kind", "state", "-case"],
                name="part_open",
                condition=Q(prime=True, open=True),
            ),
            Index(
                fields=["institution", "due", "case"], name="part_turn", include=["turn", "kind"], condition=~Q(turn=0)
            ),
            Index(
                fields=["institution", "kind", "priority", "due", "case"],
                name="part_rank",
                include=["state"],
                condition=Q(prime=True, open=True),
            ),
            Index(
                fields=["institution", "kind", "-case"],
                name="part_watch_new",
                include=["state", "priority"],
                condition=Q(watches=True),
            ),
            Index(
                fields=["institution", "kind", "state", "-case"],
                name="part_watch_open",
                condition=Q(watches=True, open=True),
            ),
            Index(
                fields=["institution", "kind", "priority", "due", "case"],
                name="part_watch_rank",
                include=["state"],
                condition=Q(watches=True, open=True),
            ),
            Index(
                fields=["institution", "priority", "due", "case"],
                name="part_urgent",
                include=["turn", "kind"],
                condition=~Q(turn=0),
            ),
            Index(
                fields=["institution", "-case"],
                name="part_sent",
                include=["kind", "turn", "state"],
                condition=Q(side=1, open=True),
            ),
        ]


class Happening(models.Model):
    """One line of a case's history; nobody changes or removes it, and each line seals the one before."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, db_index=False, related_name="history")
    seq = models.IntegerField()
    at = models.DateTimeField()
    actor_id = models.IntegerField(null=True)
    actor_name = models.CharField(max_length=100)
    institution_id = models.IntegerField()
    institution_name = models.CharField(max_length=200)
    address = models.CharField(max_length=45, blank=True)
    on_behalf_of_id = models.IntegerField(null=True)
    verb = models.CharField(max_length=40, db_collation="C")
    state_from = models.CharField(max_length=24, db_collation="C")
    state_to = models.CharField(max_length=24, db_collation="C")
    note = models.TextField(blank=True)
    answers = models.JSONField(default=dict)
    digest = models.BinaryField(max_length=32)

    class Meta:
        db_table = "happening"
        constraints = [UniqueConstraint(fields=["case", "seq"], name="happening_once")]


class CaseLink(models.Model):
    """Two cases belong together, in a named way."""

    source = models.ForeignKey(Case, models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Case, models.PROTECT, related_name="links_in")
    relation = models.CharField(max_length=24, db_collation="C")
    at = models.DateTimeField()

    class Meta:
        constraints = [UniqueConstraint(fields=["source", "target", "relation"], name="case_link_once")]


class CaseMessage(models.Model):
    """Something said on a case; every party reads it."""

    case = models.ForeignKey(Case, models.PROTECT, db_index=False, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    author_name = models.CharField(max_length=100)
    institution_id = models.IntegerField()
    institution_name = models.CharField(max_length=200)
    text = models.TextField(max_length=4000)
    at = models.DateTimeField()
    awaits_reply = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            Index(fields=["case", "id"], name="case_message_case"),
            Index(fields=["case"], name="case_message_open", condition=Q(awaits_reply=True, answered_at__isnull=True)),
        ]
        ordering = ["id"]

    @property
    def is_open(self) -> bool:
        """Whether the message still waits for somebody's reply."""
        return self.awaits_reply and self.answered_at is None


class CaseMessageSeen(models.Model):
    """A read receipt: this person read the messages of the case up to this one."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    message = models.ForeignKey(CaseMessage, models.PROTECT, related_name="receipts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    user_name = models.CharField(max_length=100)
    institution_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [UniqueConstraint(fields=["message", "user"], name="message_seen_once")]


class IdempotencyKey(models.Model):
    """A client's key for one write: the same key again gives the same answer and no second write."""

    institution_id = models.IntegerField()
    key = models.CharField(max_length=80, db_collation="C")
    request_digest = models.BinaryField(max_length=32)
    case = models.ForeignKey(Case, models.PROTECT, db_index=False)
    version = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [UniqueConstraint(fields=["institution_id", "key"], name="idempotency_key_once")]


class Turn(models.Model):
    """Which roles of which side a state waits for; written from the case types after each migration."""

    pk = models.CompositePrimaryKey("kind", "state", "side")
    kind = models.CharField(max_length=24, db_collation="C")
    state = models.CharField(max_length=24, db_collation="C")
    side = models.SmallIntegerField()
    roles = models.IntegerField()

    class Meta:
        db_table = "turn"


class Watching(models.Model):
    """Sides that only watch a kind of case; written from the case types after each migration."""

    pk = models.CompositePrimaryKey("kind", "side")
    kind = models.CharField(max_length=24, db_collation="C")
    side = models.SmallIntegerField()

    class Meta:
        db_table = "watching"


class Edge(models.Model):
    """Which state may follow which; an empty `state_from` marks the initial state. The database refuses the rest."""

    pk = models.CompositePrimaryKey("kind", "state_from", "state_to")
    kind = models.CharField(max_length=24, db_collation="C")
    state_from = models.CharField(max_length=24, db_collation="C")
    state_to = models.CharField(max_length=24, db_collation="C")

    class Meta:
        db_table = "edge"
