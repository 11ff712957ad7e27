"""Questions to specialists of the demo: each at another point, one of them drafted as a referral on authority."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from yilian.config.demo.playing import Stage
from yilian.config.demo.vignettes import VIGNETTES
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.engine import open_case, take
from yilian.registry.consortia import shared_consortia

ADVICE = "建议先调整用药并复查，两周内症状不缓解再转诊。"
Act = tuple[str, str, Mapping[str, Any]]
ANSWER: Act = ("adviser", "answer", {"answer": ADVICE, "recommendation": "later"})
COURSES: tuple[tuple[Act, ...], ...] = (
    (),
    (("adviser", "ask_back", {"details_wanted": "请补充近期检验结果和目前用药。"}),),
    (ANSWER,),
    (ANSWER, ("asker", "close", {"use": "followed"})),
    (("adviser", "advise", {"answer": "病情稳定，可在本机构继续治疗，按时随访。"}),),
    (("adviser", "convert", {"answer": "有介入检查指征，建议转来本院。"}),),
    (("adviser", "decline", {"decline_reason": "wrong_specialty"}),),
)
DAYS_AGO = (0.2, 1, 2, 9, 6, 1.5, 5)


def bring_advice(stage: Stage) -> None:
    """Let members ask up the line about their patients, one question for each course."""
    ways = list(_ways(stage))
    for number, acts in enumerate(COURSES if ways else ()):
        asker, adviser, keys = ways[number % len(ways)]
        _play(stage, number, acts, {"asker": asker, "adviser": adviser}, keys[number % len(keys)])


def _ways(stage: Stage) -> Any:
    """Yield who asks whom, about which patients: members of one consortium, the first way up of each place."""
    for home, wheres in stage.upward.items():
        here, there = stage.places[home].pk, stage.places[wheres[0]].pk
        if stage.patients.get(home) and shared_consortia(here, there, clock.today()):
            yield stage.person(here), stage.person(there), stage.patients[home]


def _play(stage: Stage, number: int, acts: tuple[Act, ...], people: dict[str, Actor], patient: Any) -> None:
    illness, at = VIGNETTES[(number + 2) % len(VIGNETTES)], stage.now - timedelta(days=DAYS_AGO[number])
    answers = {
        "patient": patient, "adviser": people["adviser"].institution_id, "subject": illness.ward,
        "priority": "2" if number == 0 else "3", "question": "目前处理是否合适？有无转诊必要？",
        "diagnosis": illness.code, "impression": illness.impression, "present_history": illness.present,
        "treatment": illness.treatment, "patient_agrees": True, "contact_phone": "0000-1234567",
        "may_convert": any(verb == "convert" for _side, verb, _given in acts),
    }  # fmt: skip
    with clock.standing_at(at), scope(people["asker"]):
        case = take(open_case("advice", by=people["asker"], answers=answers), "ask", by=people["asker"])
    for hours, (side, verb, given) in enumerate(acts, 1):
        with clock.standing_at(at + timedelta(hours=hours)), scope(people[side]):
            case = take(case, verb, by=people[side], **given)
