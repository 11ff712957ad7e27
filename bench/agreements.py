"""`python -m bench.agreements`: how long it takes to check agreements and to say which rule applies; prints JSON.

Over the city of `make bench`: 200 agreements of 20 clauses, each between a member and its neighbours, in force for a
year. The first check looks at every period, the second only at what is not settled; the resolver is asked about pairs.
"""

import argparse
import json
import os
import time
from datetime import timedelta
from typing import Any

from bench.city import asking, opened
from bench.processes import cpu_seconds

AIM_CHECK, AIM_RESOLVE_MS = 20.0, 20.0
QUESTIONS = 100
PATTERNS = ("answer", "meeting", "training", "information", "name")
"""Clauses of the library that are checked; they are repeated until there are as many as asked."""
WIPE = """
delete from agreement_finding where case_id in (select case_ptr_id from agreement_agreement where subject = 'bench');
delete from agreement_clause where case_id in (select case_ptr_id from agreement_agreement where subject = 'bench');
delete from agreement_agreement where subject = 'bench';
delete from case_file where kind = 'agreement' and title = 'bench';
"""
GROUPS = """
select consortium_id, array_agg(institution_id order by institution_id) from registry_membership
  where until_on is null group by 1 having count(*) > 2
"""
AGREEMENT = """
insert into case_file (id, kind, number, state, open, since, priority, version, flags, title, parties, digest,
                       consortium_id)
  values (%(id)s, 'agreement', %(number)s, 'in_force', true, now(), 3, 1, 0, 'bench', %(parties)s, '', %(consortium)s);
insert into agreement_agreement (case_ptr_id, drafter_id, partners, subject, template, purpose, begins_on, ends_on,
                                 succession, text, text_digest, signed_on, in_force_since, ending)
  values (%(id)s, %(drafter)s, %(partners)s, 'bench', '', '', %(first)s, %(last)s, '', '{}', '', %(first)s,
          %(since)s, '');
"""
CLAUSE = """
insert into agreement_clause (case_id, position, kind, title, text, terms, source, round, is_dropped)
  values (%s, %s, %s, %s, '', %s, %s, 1, false)
"""
GUARDED = ("case_file", "participation")
"""Tables whose triggers guard how a case begins: here it begins in force."""


def main() -> None:
    parser = asking("bench.agreements", __doc__)
    parser.add_argument("--agreements", type=int, default=200)
    parser.add_argument("--clauses", type=int, default=20)
    chosen = parser.parse_args()
    with opened(chosen):
        print(json.dumps(_measure(chosen), ensure_ascii=False, indent=2))


def _measure(chosen: argparse.Namespace) -> dict[str, Any]:
    _agree(chosen.agreements, chosen.clauses)
    checks = [_timed_check() for _round in range(2)]
    return {
        "agreements": chosen.agreements,
        "clauses": chosen.clauses,
        "referrals": chosen.referrals,
        "checks": checks,
        "aim_seconds": AIM_CHECK,
        "is_met": checks[0]["seconds"] <= AIM_CHECK,
        **_resolve(),
    }


def _agree(agreements: int, clauses: int) -> None:
    """Write the agreements as the owner: signed a year ago, each between three members of one consortium."""
    from django.db import connections, transaction

    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(WIPE)
        cursor.execute(GROUPS)
        groups = cursor.fetchall()
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for table in GUARDED:
            cursor.execute(f"alter table {table} disable trigger user")
        for number in range(agreements):
            consortium, members = groups[number % len(groups)]
            parties = [members[(number + step) % len(members)] for step in range(3)]
            _one(cursor, number, consortium, parties, clauses)
        cursor.execute("set constraints all immediate")
        for table in GUARDED:
            cursor.execute(f"alter table {table} enable trigger user")
    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze agreement_clause, agreement_agreement, case_file")


def _one(cursor: Any, number: int, consortium: int, parties: list[int], clauses: int) -> None:
    from yilian.domains.agreement.library import filled, patterns
    from yilian.kernel import clock
    from yilian.kernel.registries.keys import uuid7

    year, first = timedelta(days=364), clock.today() - timedelta(days=364)
    values = {
        "id": uuid7(), "number": f"XYB{clock.now():%H%M%S}{number:06d}", "parties": parties, "drafter": parties[0],
        "partners": parties[1:], "consortium": consortium, "first": first, "last": first + 2 * year,
        "since": clock.now() - year,
    }  # fmt: skip
    cursor.execute(AGREEMENT, values)
    for place in range(clauses):
        pattern = patterns()[PATTERNS[place % len(PATTERNS)]]
        terms = json.dumps(filled(pattern, parties[0], parties[1:]) | {"every": "month"})
        cursor.execute(CLAUSE, [values["id"], place + 1, pattern.kind, pattern.title, terms, pattern.key])


def _timed_check() -> dict[str, Any]:
    from yilian.domains.agreement.checking.round import check

    began, spent = time.monotonic(), _processor_seconds()
    done = check()
    took = {"seconds": time.monotonic() - began, "processor_seconds": _processor_seconds() - spent}
    return {name: round(value, 2) for name, value in took.items()} | {"looked_at": done.looked_at, "filed": done.filed}


def _processor_seconds() -> float:
    """Return what this process and the database server have used so far: waiting for a busy machine does not count."""
    from django.conf import settings

    server = settings.PLACE.server()
    return cpu_seconds([os.getpid(), *([server.pid()] if server and server.pid() else [])])


def _resolve() -> dict[str, Any]:
    """Ask which rule applies between parties of an agreement, as one of them."""
    from django.db import connections

    from yilian.domains.agreement.resolving.resolver import ask
    from yilian.kernel import clock
    from yilian.kernel.access.actor import system_actor
    from yilian.kernel.access.scope import scope

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select drafter_id, partners[1] from agreement_agreement where subject = 'bench' limit %s", [QUESTIONS]
        )
        pairs = cursor.fetchall()
    taken = []
    for one, other in pairs:
        with scope(system_actor("bench", one)):
            began = time.monotonic()
            ask(one, other, clock.today())
            taken.append((time.monotonic() - began) * 1000)
    taken.sort()
    return {"resolver_ms": {"median": round(taken[len(taken) // 2], 1), "p95": round(taken[int(len(taken) * 0.95)], 1),
                            "aim": AIM_RESOLVE_MS}}  # fmt: skip


if __name__ == "__main__":
    main()
