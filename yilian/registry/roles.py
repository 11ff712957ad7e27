"""The roles people hold in institutions; the bits are stored with posts and turns and never change."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.access.roles import Role, roles

for _role in (
    Role("doctor", _("医师"), bit=0),
    Role("reception", _("转诊中心"), bit=1),
    Role("office", _("医联体办公室"), bit=2, hears_delays=True, oversees=True),
    Role("director", _("院领导"), bit=3, hears_delays=True, oversees=True),
    Role("authority", _("卫健行政人员"), bit=4, hears_delays=True, keeps_platform=True, oversees=True),
    Role("quality", _("质控"), bit=5, oversees=True),
    Role("nursing", _("护理"), bit=6),
    Role("hr", _("人事"), bit=7),
    Role("finance", _("财务"), bit=8),
    Role("secretary", _("联盟秘书处"), bit=9, oversees=True),
    Role("registrar", _("登记员"), bit=10),
    Role("auditor", _("安全审计"), bit=11),
    Role("head", _("科主任"), bit=13),
    Role("admin", _("系统管理"), bit=12, keeps_platform=True),
):
    roles.add(_role)
