"""What an agreement may promise about answering referrals, and whether it was kept.

The rows are read by a function of the owner, for all clauses at once: the check belongs to no institution.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.referral.limits import TOPIC
from yilian.kernel import clock
from yilian.kernel.workflow.flow import Ask
from yilian.registry.applying import Offer, Question
from yilian.registry.clauses import MOST_ROWS, Duty, Proof, Row, clause_kind
from yilian.registry.regulations import S4

FUNCTIONS = """
create or replace function referral_promised(asked jsonb, moment timestamptz, zone text, most int)
  returns table (key text, counted bigint, late bigint, undecided bigint, rows jsonb)
  language sql stable security definer set search_path = public, pg_temp as $$
  with a as materialized (
    select * from jsonb_to_recordset(asked) x(key text, places int[], hours numeric, urgency text, direction text,
                                              kind text, first timestamptz, last timestamptz)),
  pairs as materialized (  -- its own table, which the join hashes by institutions and month
    select a.key, a.hours, a.urgency, a.direction, a.kind, a.first, a.last, s.place as sender, r.place as receiver,
           date_trunc('month', a.first at time zone zone) as month
      from a, unnest(a.places) s(place), unnest(a.places) r(place) where s.place <> r.place),
  sent as (  -- a period lies in one calendar month
    select p.key, c.id, c.number, f.sent_at, f.answered_at, c.open,
           f.sent_at + make_interval(secs => (p.hours * 3600)::double precision) as until,
           coalesce(f.answered_at, case when c.open then moment else c.since end) as stop
      from pairs p join referral_referral f on f.sender_id = p.sender and f.receiver_id = p.receiver
        and date_trunc('month', f.sent_at at time zone zone) = p.month
        and f.sent_at >= p.first and f.sent_at < p.last and (p.direction = 'any' or f.direction = p.direction)
        and (p.kind is null or f.is_emergency and p.kind in ('any', f.emergency_kind))
      join case_file c on c.id = f.case_ptr_id and (p.urgency = 'any' or c.priority::text = p.urgency)),
  judged as (select *, stop > until as is_late, answered_at is null and open and stop <= until as is_open from sent
              where answered_at is not null or open or stop > until),
  ranked as (select *, row_number() over (partition by key, is_open order by is_late desc, sent_at) as place
               from judged)
  select a.key, count(j.id) filter (where not j.is_open), count(j.id) filter (where j.is_late),
         count(j.id) filter (where j.is_open),
         coalesce(jsonb_agg(jsonb_build_object('id', j.id, 'number', j.number, 'late', j.is_late)
                            order by j.is_late desc, j.sent_at) filter (where not j.is_open and j.place <= most), '[]')
    from a left join ranked j on j.key = a.key group by a.key
$$;
"""
ASK = "select key, counted, late, undecided, rows from referral_promised(%s, %s, %s, %s)"


def offered(terms: Mapping[str, Any], question: Question) -> Offer | None:
    """Return the limit that a clause sets for a referral of this urgency and direction."""
    wanted = {"urgency": str(question.priority), "direction": question.direction}
    if any(terms.get(name, "any") not in ("any", value) for name, value in wanted.items() if value):
        return None
    hours = Decimal(terms.get("hours") or 0)
    return Offer(hours, _("{hours} 小时").format(hours=hours))


URGENCIES = (("any", gettext_lazy("各类")), ("3", gettext_lazy("普通")), ("2", gettext_lazy("加急")),
             ("1", gettext_lazy("危急")))  # fmt: skip
DIRECTIONS = (("any", gettext_lazy("双向")), ("up", gettext_lazy("上转")), ("down", gettext_lazy("下转")),
              ("lateral", gettext_lazy("平转")))  # fmt: skip


@clause_kind(
    "answer_within", gettext_lazy("转诊答复时限"), cite=S4.article("3.2.5"), topic=TOPIC.key, offers=offered,
    asks=(Ask("hours", gettext_lazy("时限（小时）"), "int", minimum=1, maximum=8760, initial=24),
          Ask("urgency", gettext_lazy("紧急程度"), "choice", choices=URGENCIES, initial="any"),
          Ask("direction", gettext_lazy("转诊方向"), "choice", choices=DIRECTIONS, initial="any"),
          Ask("share", gettext_lazy("按时答复比例（%）"), "int", minimum=1, maximum=100, initial=100)),
    help=gettext_lazy("以各方之间发出的转诊单及其答复时间为准；答复前撤回的不计"),
)  # fmt: skip
def answered_in_time(duties: Sequence[Duty], on: date) -> Mapping[str, Proof]:
    """Referrals between the parties, sent in the period, that were answered within the hours promised."""
    return proved(duties, {duty.key: _hours(duty) for duty in duties})


def proved(duties: Sequence[Duty], hours: Mapping[str, Decimal]) -> Mapping[str, Proof]:
    """Return by key whether the referrals of each duty were answered within its hours; a `kind` wants emergencies."""
    asked = [
        {"key": duty.key, "places": duty.institutions, "hours": hours[duty.key],
         "urgency": duty.terms.get("urgency") or "any", "direction": duty.terms.get("direction") or "any",
         "kind": duty.terms.get("kind"), "first": _start(duty.first), "last": _start(duty.last + timedelta(days=1))}
        for duty in duties
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(ASK, [json.dumps(asked, default=str), clock.now(), settings.TIME_ZONE, MOST_ROWS])
        found = {key: rest for key, *rest in cursor.fetchall()}
    return {duty.key: _proof(duty, *found[duty.key]) for duty in duties}


def _hours(duty: Duty) -> Decimal:
    return Decimal(duty.terms.get("hours") or 0)


def _proof(duty: Duty, counted: int, late: int, undecided: int, rows: str) -> Proof:
    if not counted:
        return Proof(None, _("本期各方之间没有应答复的转诊"), is_open=bool(undecided))
    in_time = counted - late
    text = _("{all} 件中 {n} 件在 {limit}内答复").format(all=counted, n=in_time, limit=_limit(duty.terms))
    proving = tuple(
        Row(row["number"] + (_("（超时）") if row["late"] else ""), f"/referral/{row['id']}/", row["id"])
        for row in json.loads(rows)
    )
    return Proof(in_time * 100 >= int(duty.terms.get("share") or 100) * counted, text, proving, bool(undecided))


def _limit(terms: Mapping[str, Any]) -> str:
    if minutes := terms.get("minutes"):
        return _("{n} 分钟").format(n=minutes)
    return _("{hours} 小时").format(hours=terms.get("hours"))


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
