"""The questions about accounts, posts and deputies."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yilian.kernel.access.models import User
from yilian.kernel.access.roles import Role
from yilian.kernel.workflow.flow import Ask
from yilian.registry.models import Consortium

PERSON, POST = _("人员"), _("岗位")
SINCE = Ask("since_on", _("自"), "date", section=POST)
UNTIL = Ask("until_on", _("至"), "date", required=False, section=POST, help=_("含当日；长期任职的可空"))
USERNAME = Ask(
    "username", _("用户名"), max_length=150, section=PERSON, help=_("字母、数字和 @ . + - _；开通后不再更改"),
)  # fmt: skip
FACTS = (
    Ask("full_name", _("姓名"), max_length=100, section=PERSON),
    Ask("phone", _("手机"), required=False, max_length=20, section=PERSON, help=_("用于短信通知")),
    Ask("email", _("电子邮箱"), required=False, max_length=254, section=PERSON),
)
JOINING = (
    Ask("username", _("用户名"), max_length=150, section=PERSON, help=_("请向本人核对；须与姓名相符")),
    Ask("full_name", _("姓名"), max_length=100, section=PERSON),
)
LAST_DAY = Ask(
    "until_on", _("最后一天"), "date", required=False, help=_("含当日；填昨天则即时停用；空着表示长期任职"),
)  # fmt: skip
PRACTITIONER = Ask(
    "practitioner", _("对应医务人员"), "practitioner", required=False,
    help=_("选定后，此人新建单据时自动填写医生和科室，列表可按本科室筛选；空着即取消对应"),
)  # fmt: skip
GROUND = Ask("ground", _("原因"), max_length=300, help=_("记入访问记录，例如离职、账号疑似泄露"))


def _choices(granted: Iterable[Role]) -> tuple[tuple[str, str | Promise], ...]:
    return tuple((role.key, role.title) for role in granted)


def role(granted: Iterable[Role]) -> Ask:
    """Return the question for one role."""
    return Ask("role", _("角色"), "choice", choices=_choices(granted), section=POST)


def several_roles(granted: Iterable[Role]) -> Ask:
    """Return the question for the roles of a new account."""
    return Ask("posts", _("角色"), "choices", choices=_choices(granted), section=POST)


def limits(consortia: Iterable[Consortium]) -> tuple[Ask, ...]:
    """Return the question for which consortium a post is; none where the institution belongs to no consortium."""
    choices = tuple((str(one.pk), one.name) for one in consortia)
    if not choices:
        return ()
    text = _("该岗位经办某一医联体事务的，选该医联体；否则不选")
    return (Ask("consortium", _("限定医联体"), "choice", required=False, choices=choices, section=POST, help=text),)


def deputy(people: Iterable[User]) -> tuple[Ask, ...]:
    """Return the questions about a deputy among these people."""
    choices = tuple((str(one.pk), f"{one.full_name}（{one.username}）") for one in people)
    return (
        Ask("deputy", _("受托人"), "choice", choices=choices, help=_("本机构今天在岗的同事")),
        Ask("since_on", _("自"), "date"),
        Ask("until_on", _("至"), "date", help=_("含当日，到期自动结束")),
    )


def chosen_key(text: str | None) -> int | None:
    """Return the key that an answered choice spells; None for an empty answer."""
    return int(text) if text else None
