"""Which robots an institution has, and changing them."""

from collections.abc import Iterable

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from yilian.kernel import audit, clock, sealing
from yilian.kernel.access.actor import Actor
from yilian.kernel.almanac.keeping import distrust, kept
from yilian.kernel.notices.kinds import kinds
from yilian.kernel.notices.models import NoticeRobot
from yilian.kernel.notices.robots import BadRobotAddressError, RobotKind, open_robot_kinds, robot_kinds

CONTEXT = "notice robot"
KEEPERS = ("admin", "office")


def robots_of(institution_id: int) -> list[NoticeRobot]:
    """Return the robots of an institution, as far as the reader belongs to it."""
    return list(NoticeRobot.objects.filter(institution_id=institution_id).order_by("pk"))


def add_robot(
    *, by: Actor, kind: RobotKind, title: str, address: str, secret: str = "", wanted: Iterable[str] = ()
) -> NoticeRobot:
    """Let a robot tell a group what the institution is told. Raises BadRobotAddressError with a sentence."""
    title = title.strip()
    if not 0 < len(title) <= 60:
        raise BadRobotAddressError(_("请填写 1 至 60 字的群名称"))
    key = kind.key_in(address)
    distrust()
    try:
        with transaction.atomic():
            robot = NoticeRobot.objects.create(
                institution_id=by.institution_id,
                channel=kind.key,
                title=title,
                key=sealing.seal(key, context=CONTEXT),
                secret=sealing.seal(secret.strip(), context=CONTEXT) if secret.strip() else None,
                ending=key[-4:],
                kinds=_known(wanted),
                set_by_id=by.user_id,
                set_by_name=by.name,
                set_at=clock.now(),
            )
    except IntegrityError:
        raise BadRobotAddressError(_("已有同名的群机器人，请换一个群名称")) from None
    audit.record(by, "changed", object_kind="notice_robot", object_id=robot.pk, detail={"title": title})
    return robot


def change_robot(robot: NoticeRobot, *, by: Actor, is_on: bool, wanted: Iterable[str]) -> None:
    """Switch a robot on or off and choose what it tells."""
    distrust()
    robot.is_on, robot.kinds = is_on, _known(wanted)
    robot.set_by_id, robot.set_by_name, robot.set_at = by.user_id, by.name, clock.now()
    robot.save(update_fields=["is_on", "kinds", "set_by", "set_by_name", "set_at"])
    audit.record(by, "changed", object_kind="notice_robot", object_id=robot.pk, detail={"title": robot.title})


def post(robot: NoticeRobot, text: str) -> None:
    """Let a robot post a text. Raises NotTaken."""
    key, secret = (sealing.unseal(sealed, context=CONTEXT) for sealed in (robot.key, robot.secret))
    robot_kinds[robot.channel].post(key, secret, text)


def has_robot(institution_id: int) -> bool:
    """Say whether an institution, ours or not, has a robot that may speak."""
    return bool(open_robot_kinds()) and institution_id in _holders()


@kept
def _holders() -> frozenset[int]:
    with connection.cursor() as cursor:
        cursor.execute("select institution_id from robot_holders()")
        return frozenset(row[0] for row in cursor.fetchall())


def _known(wanted: Iterable[str]) -> list[str]:
    chosen = set(wanted)
    return [kind.key for kind in kinds if kind.key in chosen]
