"""The steps that change clauses: what they ask, what must hold, what they leave behind."""

import json
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.agreement.drafting import clauses
from yilian.domains.agreement.grounds import IN_ORDER, ONE_TEXT
from yilian.domains.agreement.models import Agreement, AgreementState, Clause
from yilian.domains.agreement.sides import let_all_answer_again
from yilian.domains.agreement.wording import Wording
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.rule import Verdict, rule
from yilian.kernel.workflow.answers import Answers, BadAnswersError, clean
from yilian.kernel.workflow.flow import STAY, Ask, Party, Step
from yilian.kernel.workflow.moment import Moment
from yilian.registry.clauses import ClauseKind, clause_kinds
from yilian.registry.regulations import S0

CLAUSE = Ask("clause", _("条款"), "int", minimum=1, maximum=2**31 - 1, help=_("条款的编号"))
READ = Ask("read", _("所读的版次"), "int", minimum=1, maximum=10_000, help=_("其间被他人修改的，请按新的内容再改"))
TITLE = Ask("clause_title", _("条款名称"), max_length=80)
TEXT = Ask("clause_text", _("条款内容"), "longtext", max_length=4000, rows=6,
           help=_("花括号中的名称是取值，随所填的内容显示"))  # fmt: skip
TERMS = Ask("terms", _("取值"), "longtext", required=False, max_length=4000, help=_("JSON，按条款类型的取值填写"))
KIND = Ask("clause_kind", _("条款类型"), max_length=40)


def terms_of(answers: Answers) -> dict[str, Any] | None:
    """Return the values that an answer gives as JSON; None when it is none."""
    try:
        found = json.loads(answers.get("terms") or "{}")
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def stored(kind: ClauseKind, terms: dict[str, Any], actor: Actor) -> dict[str, Any]:
    """Return the values of a kind as a clause keeps them; raise BadAnswersError with a sentence for each bad one."""
    given = clean(kind.asks, {name: value for name, value in terms.items() if value is not None}, actor)
    return {name: answer.stored for name, answer in given.given.items()}


def named(agreement: Agreement, answers: Answers) -> Clause | None:
    """Return the clause that an answer names, if it is one of this agreement's."""
    return agreement.clauses.filter(pk=answers.get("clause") or 0, is_dropped=False).first()


@rule(_("要修改的条款应在本协议之中"), cite=IN_ORDER)
def clause_is_of_this_agreement(agreement: Agreement, answers: Answers, asked: bool = True) -> bool:
    return not asked or not answers.get("clause") or named(agreement, answers) is not None


@rule(_("条款应是您所读的版次"), cite=ONE_TEXT)
def clause_is_as_it_was_read(agreement: Agreement, answers: Answers, asked: bool = True) -> Verdict:
    row = named(agreement, answers) if asked else None
    if row is None or row.round == answers.get("read"):
        return Verdict(True)
    last = row.rounds.select_related("institution").last()
    text = Wording(agreement, [row]).text(row.text, row.kind, row.terms)
    who = f"{last.institution} {last.by_name}" if last else ""
    return Verdict(False, now("{who} 已改为：{text}").format(who=who, text=text))


@rule(_("条款的取值应符合其类型"), cite=S0.article("管理制度 14"))
def terms_fit_the_kind(agreement: Agreement, answers: Answers, actor: Actor, asked: bool = True) -> Verdict:
    if not asked:
        return Verdict(True)
    row = named(agreement, answers)
    key = row.kind if row else answers.get("clause_kind")
    if key is None:
        return Verdict(True)
    kind, terms = clause_kinds.get(key), terms_of(answers)
    if kind is None:
        return Verdict(False, now("没有这种条款：{key}").format(key=key))
    if terms is None:
        return Verdict(False, now("取值应是 JSON 对象"))
    try:
        stored(kind, terms, actor)
    except BadAnswersError as bad:
        return Verdict(False, now("；").join(bad.errors.values()))
    return Verdict(True)


def revise(moment: Moment) -> None:
    """Change a clause; whoever had agreed to the text before answers again."""
    row = named(moment.case, moment.answers)
    terms = stored(clause_kinds[row.kind], terms_of(moment.answers) or {}, moment.actor)
    values = {"title": moment.answers.get("clause_title"), "text": moment.answers.get("clause_text"), "terms": terms}
    clauses.change(row, values, by=moment.actor, note=moment.note)
    let_all_answer_again(moment)


def add(moment: Moment) -> None:
    """Add a clause; whoever had agreed to the text before answers again."""
    answers = moment.answers
    kind = clause_kinds[answers.get("clause_kind")]
    values = {"kind": kind.key, "title": answers.get("clause_title"), "text": answers.get("clause_text"),
              "terms": stored(kind, terms_of(answers) or {}, moment.actor)}  # fmt: skip
    clauses.add(moment.case, values, by=moment.actor, note=moment.note)
    let_all_answer_again(moment)


def drop(moment: Moment) -> None:
    """Take a clause out; whoever had agreed to the text before answers again."""
    clauses.drop(named(moment.case, moment.answers), by=moment.actor, note=moment.note)
    let_all_answer_again(moment)


def clause_steps(*parties: Party) -> tuple[Step, ...]:
    """Return the steps that change clauses, for those who negotiate."""
    where = (AgreementState.DRAFT, AgreementState.NEGOTIATING)
    same = (clause_is_of_this_agreement, clause_is_as_it_was_read)
    tell = ("drafter", "partner", "done")
    return (
        Step("revise", _("修改条款"), where, STAY, parties, asks=(CLAUSE, READ, TITLE, TEXT, TERMS),
             needs=(*same, terms_fit_the_kind), then=(revise,), duty=False, tell=tell),
        Step("add_clause", _("增加条款"), where, STAY, parties, asks=(KIND, TITLE, TEXT, TERMS),
             needs=(terms_fit_the_kind,), then=(add,), duty=False, tell=tell),
        Step("drop_clause", _("删去条款"), where, STAY, parties, asks=(CLAUSE, READ), needs=same, then=(drop,),
             duty=False, style="danger", tell=tell),
    )  # fmt: skip
