"""What feeding hangs on and no source prescribes: every default awaits local confirmation."""

from django.utils.translation import gettext_lazy as _

from yilian.kernel.rules.parameter import Parameter, parameters

GROUP = _("诊疗数据报送")
DUE_DAY = parameters.add(
    Parameter("encounter.due_day", _("上月数据的报送截止日"), 10, _("日"), minimum=1, maximum=28, group=GROUP,
              help=_("次月的这一天（含）之前报送为及时"))
).key  # fmt: skip
