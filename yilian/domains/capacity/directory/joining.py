"""What the directory adds to a referral: the service that is asked for, kept in the version that was read."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.capacity.directory import choosing, rules
from yilian.domains.capacity.directory.card import service_card
from yilian.domains.capacity.directory.lookup import KEY
from yilian.kernel.workflow.additions import Addition, FormPart, additions
from yilian.kernel.workflow.case_type import Panel
from yilian.kernel.workflow.flow import Ask
from yilian.kernel.workflow.moment import Moment

TO = "referral"
SERVICE = Ask(
    choosing.NAME, _("转入服务"), "pick", source=KEY, required=False, section=_("转诊去向"), when="destination=network",
    beside=("receiver", "direction", "patient"), is_copied=False,
    help=_("从转入机构公布的服务目录中选择；可先在服务目录中按等候时间比较各机构。"),
)  # fmt: skip
NEW_SERVICE = Ask(
    choosing.NAME, _("转入服务"), "pick", source=KEY, required=False, beside=("receiver",),
    help=_("不选则原来所选的服务不再有效。"),
)  # fmt: skip
FITS = (
    rules.service_is_the_receivers, rules.service_is_on, rules.service_takes_the_direction, rules.service_takes_the_age,
)  # fmt: skip


def rechoose(moment: Moment) -> None:
    """The case goes to another place: what was chosen before is replaced, or forgotten."""
    choosing.drop(moment.case)
    choosing.choose(moment.case, moment.answers)


def forget(moment: Moment) -> None:
    """The case leaves the network, and its directory with it."""
    choosing.drop(moment.case)


for _addition in (
    Addition(TO, form=FormPart((SERVICE,), "receiver_department", choosing.choose, choosing.recall)),
    Addition(
        TO,
        ("send", "submit_for_approval", "submit_to_head", "approve", "approve_as_head"),
        needs=(*FITS, rules.service_is_as_read),
    ),
    Addition(TO, ("redirect", "reroute", "refer_onward"), (NEW_SERVICE,), FITS, (rechoose,)),
    Addition(TO, ("redirect_outside", "send_outside", "approve_outside", "approve_outside_as_head"), then=(forget,)),
    Addition(TO, panels=(Panel("service", _("转入服务"), "capacity/card_service.html", service_card),)),
):
    additions.add(_addition)
