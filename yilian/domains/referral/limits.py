"""What the parameters say about the limit of an answer, scope by scope: the one that counts, and those behind it."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.referral.parameters import ANSWER, ANSWER_CRITICAL, ANSWER_URGENT
from yilian.kernel.almanac.keeping import kept
from yilian.kernel.rules.models import ParameterValue
from yilian.kernel.rules.parameter import Parameter, parameters
from yilian.kernel.workflow.models import Case
from yilian.registry.applying import Candidate, Offer, Question, Source, Topic, sources, topics

TOPIC = topics.add(Topic("answer_limit", gettext_lazy("转诊答复时限"), is_strictest=True))
BY_PRIORITY = {1: ANSWER_CRITICAL, 2: ANSWER_URGENT, 3: ANSWER}


def parameter_says(question: Question) -> list[Candidate]:
    """Return the limit of the sender's institution, of the consortium under which it sends, or of the installation.

    The first of them that is set counts, as where due dates are reckoned; the others, those of further consortia that
    both belong to included, stand by, and the default behind all. 0 is no limit. All of it is known from memory; the
    cases that decided so are looked up, since not every reader sees them.
    """
    parameter = parameters[BY_PRIORITY.get(question.priority, ANSWER)]
    rows = _speaking(parameter.key, question)
    own = question.consortia[0].pk if question.consortia else None
    counts = next((row for row in rows if row.consortium_id in (None, own)), None)
    keys = [row.case_id for row in rows if row.case_id]
    seen = Case.objects.in_bulk(keys) if keys else {}
    found = [_candidate(parameter, row, seen.get(row.case_id), is_standby=row is not counts) for row in rows]
    found.append(_candidate(parameter, is_standby=counts is not None))
    return [one for one in found if one.offer.value]


def _speaking(key: str, question: Question) -> list[ParameterValue]:
    """Return the latest value of each scope by its precedence; one that gives the decision back is silent."""
    consortia = [one.pk for one in question.consortia]
    latest: dict[tuple[bool, int], ParameterValue] = {}
    for row in _ever_set(key):
        if row.effective_from > question.on or row.institution_id not in (None, question.sender_id):
            continue
        if row.consortium_id in (None, *consortia):
            place = consortia.index(row.consortium_id) if row.consortium_id else len(consortia)
            latest.setdefault((row.institution_id is None, place), row)
    return [row for _place, row in sorted(latest.items(), key=lambda item: item[0]) if row.value is not None]


@kept
def _ever_set(key: str) -> tuple[ParameterValue, ...]:
    """Return every value that a parameter ever had, the latest first."""
    rows = ParameterValue.objects.filter(key=key).select_related("institution", "consortium")
    return tuple(rows.order_by("-effective_from", "-id"))


def _candidate(
    parameter: Parameter, row: ParameterValue | None = None, decided_by: Case | None = None, *, is_standby: bool
) -> Candidate:
    value = parameter.default if row is None else parameter.read(row.value or "")
    offer = Offer(Decimal(str(value)), parameter.shown(value))
    url = decided_by.get_absolute_url() if decided_by else f"/parameters/{parameter.key}/"
    return Candidate(TOPIC.key, offer, _origin(parameter, row), url, is_fallback=True, is_standby=is_standby)


def _origin(parameter: Parameter, row: ParameterValue | None) -> str:
    """Return where a value comes from: whose it is, on which ground, and since when."""
    if row is None:
        return _("参数「{title}」（默认值，待本地核定）").format(title=parameter.title)
    whose = row.institution or row.consortium
    text = _("{whose}参数「{title}」：{ground}，自 {day} 起")
    return text.format(whose=whose or _("全平台"), title=parameter.title, ground=row.ground, day=row.effective_from)


sources.add(Source("referral.parameters", parameter_says))
