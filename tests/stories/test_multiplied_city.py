"""A multiplied city is as true as the played one: what triggers keep, seals, keys, and what people may do with it."""

import os
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.db.models import Min

from bench import processes
from bench.aims import AIMS
from bench.people import log_in_all
from bench.running import run_all
from bench.stock import Stock
from yilian.config.demo.city import build
from yilian.config.demo.multiplying import Size, multiply
from yilian.config.demo.past import bring_past
from yilian.domains.referral.models import Referral
from yilian.kernel import clock
from yilian.kernel.access.models import User
from yilian.kernel.access.posts import actor_for
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import add_months
from yilian.kernel.workflow import queries
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.conversation import mark_seen, post_message
from yilian.kernel.workflow.engine import open_case, take
from yilian.kernel.workflow.gate import open_steps
from yilian.kernel.workflow.models import Case

pytestmark = pytest.mark.exhaustive

REFERRAL = case_types["referral"]
MOST = 70
STALE_COPIES = """select count(*) from participation p join case_file c on c.id = p.case_id
  left join turn t on t.kind = c.kind and t.state = c.state and t.side = p.side
  where (p.kind, p.state, p.open, p.priority, p.turn) is distinct from
        (c.kind, c.state, c.open, c.priority, coalesce(t.roles, 0)) or p.due is distinct from c.due"""
WRONG_PARTIES = "select count(*) from case_file c where parties is distinct from parties_of(c.id)"
WRONG_WATCHERS = """select count(*) from participation p
  where p.watches <> exists (select 1 from watching w where w.kind = p.kind and w.side = p.side)"""
TWO_PRIMES = """select count(*) from (select 1 from participation group by case_id, institution_id
  having count(*) filter (where prime) <> case when bool_and(watches) then 0 else 1 end) x"""
WRONG_HOLDS = """select count(*) from referral_referral r join case_file c on c.id = r.case_ptr_id
  where r.held_for_id <> c.patient_id"""
UNKNOWN_TO_A_PARTY = """select count(*) from participation p join case_file c on c.id = p.case_id
  join registry_patient q on q.id = c.patient_id
  where not p.watches and not q.institutions @> array[p.institution_id]"""
STRAY_RECEIPTS = """select count(*) from workflow_casemessageseen s join workflow_casemessage m on m.id = s.message_id
  where m.case_id <> s.case_id"""
STRAY_LINKS = """select count(*) from workflow_caselink l join case_file a on a.id = l.source_id
  join case_file b on b.id = l.target_id where a.patient_id <> b.patient_id"""
GUARD = "select count(*) from pg_trigger where tgname = 'case_guard' and tgenabled <> 'O'"

QUESTIONS = (
    STALE_COPIES, WRONG_PARTIES, WRONG_WATCHERS, TWO_PRIMES, WRONG_HOLDS, UNKNOWN_TO_A_PARTY, STRAY_LINKS,
    STRAY_RECEIPTS, GUARD,
)  # fmt: skip


FENCES = """select count(*) from (select indexrelid from pg_index union all select oid from pg_constraint
  union all select oid from pg_trigger) x"""


def ask(sql: str) -> int:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def states() -> Counter[str]:
    return Counter(Case.objects.using("owner").filter(kind="referral").values_list("state", flat=True))


def say_something() -> None:
    """Let somebody write on a case of theirs, and a colleague read it."""
    county = actor_for(User.objects.get(username="county"))
    colleagues = User.objects.filter(posts__institution=county.institution_id).exclude(pk=county.user_id)
    with scope(county):
        case = REFERRAL.model.objects.filter(state="submitted").first() or REFERRAL.model.objects.first()
        post_message(case, "请补充心电图", by=county)
        assert mark_seen(case, by=actor_for(colleagues.first())) == 1


def test_a_copy_is_as_true_as_its_original_and_can_be_measured(live_site, capsys):
    with transaction.atomic():
        build(patients=120, referrals=10)
    say_something()
    before, fences = states(), ask(FENCES)
    multiply(Size(patients=600, referrals=4 * before.total()), seed=1)
    assert ask(FENCES) == fences, "every index, constraint and trigger stands again"
    after = states()
    assert after == Counter({state: 4 * count for state, count in before.items()})
    assert (ask("select count(*) from registry_patient"), ask("select count(*) from workflow_casemessageseen")) == (
        600,
        4,
    )
    for question in QUESTIONS:
        assert ask(question) == 0, question
    listed_and_stepped()
    numbers_go_on()
    measured(live_site)
    has_a_past()
    call_command("verify_history")
    assert f"{ask('select count(*) from case_file')} histories are whole" in capsys.readouterr().out


def has_a_past() -> None:
    """Finished referrals are copied to the years before, as true as the others, and none of them is open."""
    some_are_over()
    year_ago = clock.now() - timedelta(days=360)
    old = Referral.objects.using("owner").filter(sent_at__lt=year_ago)
    before, kept = states().total(), old.count()
    past = bring_past(seed=1)
    for question in QUESTIONS:
        assert ask(question) == 0, question
    assert past.referrals == states().total() - before > 500
    assert old.count() - kept >= past.referrals - old.filter(sent_at=None).count()
    assert not old.filter(open=True).exists()
    first = clock.local(old.aggregate(first=Min("sent_at"))["first"]).date()
    assert add_months(clock.today(), -37) < first < add_months(clock.today(), -34)
    for case in old.order_by("-pk")[:20]:
        assert case.number[2:10] == f"{clock.local(case.opened_at):%Y%m%d}"
        assert case.opened_at <= case.sent_at <= case.since <= case.opened_at + timedelta(days=90)


def some_are_over() -> None:
    """Let those who sent a referral that nobody has answered take it back."""
    for key, sender in Referral.objects.using("owner").filter(state="submitted").values_list("pk", "sender_id")[:4]:
        doctor = actor_for(User.objects.filter(posts__institution=sender, posts__role="doctor").first())
        with scope(doctor):
            take(Referral.objects.get(pk=key), "withdraw", by=doctor, cancel_reason="improved")


def listed_and_stepped() -> None:
    """Who takes part lists every copy, reads it and takes the steps that are open."""
    listed, stepped = set(), set()
    for user in User.objects.all():
        actor = actor_for(user)
        with scope(actor):
            rows = queries.newest(REFERRAL, actor, queries.Filter(limit=1000))
        listed |= {row["id"] for row in rows}
        for key in {row["id"] for row in rows} - stepped:
            with scope(actor):
                case = REFERRAL.model.objects.get(pk=key)
                open_now = {one.step.verb for one in open_steps(case, actor) if not one.reasons}
                for verb in sorted(open_now & {"receive", "accept", "treat"})[:1]:
                    take(case, verb, by=actor, version=case.version)
                    stepped.add(key)
    assert (len(listed), len(stepped) > 8) == (states().total(), True)


def numbers_go_on() -> None:
    county = actor_for(User.objects.get(username="county"))
    with scope(county):
        assert len({open_case("referral", by=county).number for _ in range(3)}) == 3


class Served:
    """The site of this test, for the benchmark: its requests are the same wherever they go."""

    def __init__(self, address: str) -> None:
        self.port = int(address.rsplit(":", 1)[1])

    def cpu_seconds(self) -> float:
        return processes.cpu_seconds([os.getpid()])


def measured(address: str) -> None:
    """The benchmark finds everything it asks for, and sends few statements."""
    found = run_all(Served(address), Stock(log_in_all(4)), list(AIMS), [2], 0.05, say=lambda line: None)
    assert set(found) == set(AIMS)
    faults = {key: run["first_fault"] for key, entry in found.items() for run in entry["runs"] if run["errors"]}
    assert not faults
    assert all(2 <= entry["statements"] <= MOST for entry in found.values())
