"""How long people have waited for a service, as the worker has computed it last."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yilian.domains.capacity.models.service import Service
from yilian.kernel.registries.words import Words


def _days(title: Words) -> models.DecimalField:
    return models.DecimalField(title, max_digits=7, decimal_places=1, null=True)


class Wait(models.Model):
    """The waits of one service in days, of the cases between two days; None where too few cases say anything.

    `offer_…` runs from sending to the first date that was offered, `arrival_…` from acceptance to arrival
    (capacity/waiting/clocks.py says exactly how). Half of the people waited no longer than the median.
    """

    service = models.OneToOneField(Service, models.PROTECT, primary_key=True, related_name="wait")
    since_on = models.DateField(_("统计起"))
    until_on = models.DateField(_("统计止"))
    computed_at = models.DateTimeField(_("计算时间"))
    offer_count = models.IntegerField(_("已给出日期的例数"))
    offer_median = _days(_("等候天数中位数"))
    offer_most = _days(_("九成患者的等候天数"))
    arrival_count = models.IntegerField(_("已到诊的例数"))
    arrival_median = _days(_("接收到到诊天数中位数"))
    arrival_most = _days(_("九成患者的到诊天数"))

    class Meta:
        verbose_name = _("等候时间")

    def __str__(self) -> str:
        return f"{self.service_id} {self.offer_median}"
