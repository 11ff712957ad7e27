"""The yearly assessment of a specialty alliance."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.kernel.workflow.models import Case


class AppraisalState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SELF_ASSESSING = "self_assessing", _("待牵头单位自评")
    SCORING = "scoring", _("待评分")
    SCORED = "scored", _("待公布")
    PUBLISHED = "published", _("已公布")
    CANCELLED = "cancelled", _("已取消")


def _score() -> models.DecimalField:
    """Return a column for a score of 0 to 100; empty while nobody has given one."""
    return models.DecimalField(
        max_digits=5, decimal_places=2, null=True, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )


class Appraisal(Case):
    """Scores in the five dimensions of S3 17: the lead's own and the authority's."""

    authority = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+")
    lead = models.ForeignKey(settings.INSTITUTION_MODEL, models.PROTECT, related_name="+", null=True)
    claim = models.CharField(max_length=60, null=True, db_collation="C")
    year = models.PositiveSmallIntegerField(_("考核年度"), null=True)
    basis = models.TextField(_("考核安排"), blank=True)
    self_mechanism = _score()
    self_cooperation = _score()
    self_sharing = _score()
    self_radiation = _score()
    self_sustainability = _score()
    self_report = models.TextField(_("自评报告"), blank=True)
    score_mechanism = _score()
    score_cooperation = _score()
    score_sharing = _score()
    score_radiation = _score()
    score_sustainability = _score()
    opinion = models.TextField(_("考核意见"), blank=True)
    objection = models.TextField(_("异议"), blank=True)
    total = models.DecimalField(_("总分"), max_digits=5, decimal_places=2, null=True)
    is_passed = models.BooleanField(_("合格"), null=True)
    published_on = models.DateField(_("公布日期"), null=True)

    class Meta:
        verbose_name = _("年度考核")
        constraints = [models.UniqueConstraint(fields=["claim"], name="appraisal_one_at_a_time")]
