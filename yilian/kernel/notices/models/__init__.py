"""The tables of notices: what is told, how it leaves the house, and who urged whom."""

from yilian.kernel.notices.models.delivery import NoticeDelivery, NoticeRobot, State
from yilian.kernel.notices.models.notice import Notice, NoticeMark, NoticeOptOut, NoticeRead, sentence
from yilian.kernel.notices.models.urge import CaseUrge

__all__ = [
    "CaseUrge",
    "Notice",
    "NoticeDelivery",
    "NoticeMark",
    "NoticeOptOut",
    "NoticeRead",
    "NoticeRobot",
    "State",
    "sentence",
]
