"""Notices, who has read them, and what people do not want sent on."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel.registries.keys import uuid7
from yilian.kernel.workflow.models import Case


class Notice(models.Model):
    """One message to the holders of some roles at one institution, or to one person there.

    The text names no patient: it is sent on by e-mail. A notice of a step keeps verb and state, so that everyone reads
    it in their own language. Keys are in the order of writing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    roles = models.IntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="notices", db_index=False)
    kind = models.CharField(max_length=24, db_collation="C")
    text = models.CharField(max_length=300)
    verb = models.CharField(max_length=40, blank=True, db_collation="C")
    state = models.CharField(max_length=24, blank=True, db_collation="C")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    by_name = models.CharField(max_length=100, blank=True)
    by_institution = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = gettext_lazy("消息")
        indexes = [
            models.Index(
                fields=["institution", "roles", "-id"], name="notice_of_group", condition=models.Q(user__isnull=True)
            ),
            models.Index(
                fields=["user", "institution", "-id"], name="notice_of_person", condition=models.Q(user__isnull=False)
            ),
            models.Index(fields=["case"], name="notice_of_case", condition=models.Q(case__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def says(self) -> str:
        """The sentence in the reader's language."""
        if not self.verb or self.case is None:
            return self.text
        return sentence(self.case, self.verb, self.state)


class NoticeRead(models.Model):
    """This person has read this notice."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="readings", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="notice_read_once")]


class NoticeMark(models.Model):
    """This person has read everything at this institution up to and including this key."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    institution = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", db_index=False)
    through = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "institution"], name="notice_mark_once")]


class NoticeOptOut(models.Model):
    """This person wants no notices of this kind through this channel; the inbox stays."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    channel = models.CharField(max_length=24, db_collation="C")
    kind = models.CharField(max_length=24, db_collation="C")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "channel", "kind"], name="notice_opt_out_once")]


def sentence(case: Case, verb: str, state: str) -> str:
    """Return what a step did to a case, without naming anyone but the case."""
    case_type = case.case_type
    return _("{type} {number} 已「{step}」，现为「{state}」").format(
        type=case_type.title, number=case.number, step=case_type.step_title(verb), state=case_type.state_title(state)
    )
