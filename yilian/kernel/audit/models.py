"""The access record; the application may add to it and read it, never change it."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.audit.actions import actions, object_kinds


class AccessRecord(models.Model):
    """Who did what to which object, when, from where, for whom and on what ground.

    Written by `record` only. Row security shows an institution the records of its own people.
    """

    at = models.DateTimeField(_("时间"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("人员"),
    )
    institution_id = models.IntegerField(_("机构"), null=True)
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("代办"),
    )
    ip = models.GenericIPAddressField(_("地址"), null=True)
    action = models.CharField(_("操作"), max_length=24, db_collation="C")
    object_kind = models.CharField(_("对象类别"), max_length=40, db_collation="C")
    object_id = models.CharField(_("对象"), max_length=64, db_collation="C")
    ground = models.CharField(_("事由"), max_length=300)
    detail = models.JSONField(_("详情"), default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("访问记录")
        indexes = [
            models.Index(fields=["institution_id", "-at", "-id"], name="audit_of_institution"),
            models.Index(fields=["user", "-at", "-id"], name="audit_of_user"),
            models.Index(
                fields=["object_kind", "object_id", "-at", "-id"],
                name="audit_of_object",
                condition=~models.Q(object_id=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.action} {self.object_kind} {self.object_id}"

    @property
    def action_title(self) -> str:
        """What was done, in the reader's language."""
        known = actions.get(self.action)
        return str(known.title) if known else self.action

    @property
    def kind_title(self) -> str:
        """What kind of object it was done to, in the reader's language."""
        known = object_kinds.get(self.object_kind)
        return str(known.title) if known else self.object_kind

    @property
    def address(self) -> str:
        """The page of the object, or an empty string when it has none."""
        known = object_kinds.get(self.object_kind)
        return known.address(self.object_id) if known and known.address and self.object_id else ""
