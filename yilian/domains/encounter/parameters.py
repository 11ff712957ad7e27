"""What feeding hangs on and no source prescribes: every default awaits local confirmation."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.parameter import Parameter, parameters

GROUP = _("诊疗数据报送")
DUE_DAY = parameters.add(
    Parameter("encounter.due_day", _("上月数据的报送截止日"), 10, _("日"), minimum=1, maximum=28, group=GROUP,
              help=_("次月的这一天（含）之前报送为及时"))
).key  # fmt: skip
OLDEST = parameters.add(
    Parameter("encounter.oldest", _("接收几年以内的数据"), 10, "a", minimum=1, maximum=50, group=GROUP,
              help=_("更早的日期多半是填错了：这样的行退回"))
).key  # fmt: skip
