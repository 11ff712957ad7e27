"""One text for all, signed by all; in force, expiring, expired, renewed, amended, ended: by dates."""

from datetime import date, datetime, time, timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from yilian.domains.agreement.attachment_kinds import ENDING, SIGNED_COPY
from yilian.domains.agreement.models import Fulfilment, Promise, Signature
from yilian.domains.agreement.printed import manuscript, of_agreement
from yilian.domains.agreement.signing.seals import checked, is_the_copy
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.deadlines.obligation import obligations
from yilian.kernel.deadlines.rounds import go_round
from yilian.kernel.deadlines.standing import standings
from yilian.kernel.documents import vault
from yilian.kernel.documents.attaching import attach
from yilian.kernel.documents.issuing import issue
from yilian.kernel.documents.models import Attachment
from yilian.kernel.documents.tests import samples
from yilian.registry.certificates import Provider, providers
from yilian.registry.models import Institution


def at(day: date, hour: int = 9):
    return clock.standing_at(timezone.make_aware(datetime.combine(day, time(hour))))


def term_of(table):
    """Return how the term of the one agreement stands on the calendar of a partner, and its last day."""
    with scope(table.county):
        found = standings(table.county.institution_id, clock.today(), [obligations["agreement.term"]])
    return (found[0].state, found[0].last_day) if found else None


def test_the_last_signature_lets_it_begin(table):
    row = table.signed()
    assert row.state == "in_force"
    assert row.signed_on == clock.today()
    with scope(table.county):
        assert all(check.holds for check in checked(table.again(row, by=table.county)))


def test_a_seal_holds_whatever_the_zone_in_which_it_was_made(table):
    with at(clock.today()):
        row = table.signed()
    with scope(table.lead):
        assert all(check.holds for check in checked(table.again(row)))


def test_one_signature_is_not_enough_and_nobody_signs_twice(table):
    row = table.world.take(table.final(), "sign", by=table.lead, manner="typed", signer="甲")
    assert row.state == "signing"
    assert "只签署一次" in table.refused(row, "sign", by=table.lead, manner="typed", signer="甲")
    assert "退回修改" in table.refused(row, "reopen", by=table.lead)


def test_it_begins_warns_and_expires_by_the_days_it_names(table):
    today = clock.today()
    begins, ends = today + timedelta(days=10), today + timedelta(days=200)
    row = table.signed(begins_on=begins, ends_on=ends)
    assert row.state == "signed"
    go_round()
    assert table.again(row).state == "signed"
    days = ((begins, "in_force", "kept"), (ends - timedelta(days=59), "expiring", "due"), (ends, "expiring", "due"))
    for day, state, owed in days:
        with at(day):
            go_round()
            assert term_of(table) == (owed, ends)
        assert table.again(row).state == state
    with at(ends + timedelta(days=1)):
        go_round()
        assert term_of(table) == ("broken", ends)
    assert table.again(row).state == "expired"
    with at(ends + timedelta(days=367)):
        assert term_of(table) is None


def test_a_renewal_takes_over_on_its_first_day(table):
    today = clock.today()
    row = table.signed(ends_on=today + timedelta(days=30))
    go_round()
    assert table.again(row).state == "expiring"
    table.world.take(row, "renew", by=table.county)
    with scope(table.county):
        after = table.again(row, by=table.county).successors.get()
        assert after.clauses.count() == row.clauses.count()
    assert (after.begins_on, after.drafter_id) == (today + timedelta(days=31), table.county.institution_id)
    assert "正在办理" in table.refused(row, "renew", by=table.county)
    after = table.world.take(after, "propose", by=table.county)
    after = table.world.take(after, "approve", by=table.lead)
    after = table.world.take(after, "finalise", by=table.county)
    for actor in (table.county, table.lead):
        after = table.world.take(after, "sign", by=actor, manner="typed", signer=actor.name)
    assert (after.state, table.again(row).state) == ("signed", "expiring")
    with at(after.begins_on):
        go_round()
    assert (table.again(after).state, table.again(row).state) == ("in_force", "renewed")


def test_an_amendment_replaces_it_at_once_and_the_promise_with_it(table):
    row = table.signed()
    table.world.take(row, "amend", by=table.lead)
    with scope(table.lead):
        after = table.again(row).successors.get()
    table.revise(after, table.clause(after, "answer_within"), by=table.lead, hours=8)
    after = table.world.take(after, "propose", by=table.lead)
    after = table.world.take(after, "approve", by=table.county)
    after = table.world.take(after, "finalise", by=table.lead)
    for actor in (table.lead, table.county):
        after = table.world.take(after, "sign", by=actor, manner="typed", signer=actor.name)
    assert (after.state, table.again(row).state) == ("in_force", "amended")
    old, new = Promise.objects.order_by("since")
    assert old.until == new.since
    assert (old.terms["hours"], new.terms["hours"]) == (24, 8)


def test_what_is_recorded_counts_for_the_clause_as_it_is_numbered(table):
    row = table.draft(template="training")
    first = table.clause(row, "general")
    row = table.world.take(row, "drop_clause", by=table.lead, clause=first.pk, read=1)
    row = table.world.take(row, "propose", by=table.lead)
    row = table.world.take(row, "approve", by=table.county)
    row = table.world.take(row, "finalise", by=table.lead)
    for actor in (table.lead, table.county):
        row = table.world.take(row, "sign", by=actor, manner="typed", signer=actor.name)
    done = {"done_on": clock.today(), "amount": 1, "what": "内科进修医师"}
    assert "名额与派员" in table.refused(row, "record", by=table.lead, place=2, **done)
    table.world.take(row, "record", by=table.lead, place=1, **done)
    with scope(table.lead):
        assert Fulfilment.objects.get().clause.kind == "quota"


def test_an_early_end_needs_its_paper_and_cuts_the_promise(table):
    row, today = table.signed(), clock.today()
    answers = {"ended_on": today, "ending": "双方协商一致"}
    assert "解除协议书" in table.refused(row, "end_early", by=table.lead, **answers)
    with scope(table.lead):
        attach(row, samples.upload("解除.pdf", samples.PDF), ENDING, by=table.lead)
    row = table.world.take(row, "end_early", by=table.lead, **answers)
    assert row.state == "ended"
    assert clock.local(Promise.objects.get().until).date() == today + timedelta(days=1)


def test_a_signed_copy_that_was_changed_afterwards_fails_verification(table):
    row = table.final()
    assert "先上传" in table.refused(row, "sign", by=table.lead, manner="copy", signer="甲")
    with scope(table.lead):
        file = attach(row, samples.upload("签署.pdf", samples.PDF), SIGNED_COPY, by=table.lead)
    row = table.world.take(row, "sign", by=table.lead, manner="copy", signer="甲")
    with scope(table.lead):
        [check] = checked(table.again(row), with_files=True)
        assert check.holds
        assert is_the_copy(check.signature, [samples.PDF])
        assert not is_the_copy(check.signature, [samples.PDF + b" "])
        path = vault.path_of(Attachment.objects.get(pk=file.pk).storage_key)
        path.write_bytes(path.read_bytes()[:-1] + b"x")
        [check] = checked(table.again(row), with_files=True)
        assert check.faults == ("签署扫描件与签署时不一致",)


def test_a_text_that_was_changed_behind_the_signatures_shows(table):
    row = table.signed()
    with scope(table.lead), connection.cursor() as cursor:
        cursor.execute("update agreement_agreement set text = jsonb_set(text, '{title}', '\"别的\"') "
                       "where case_ptr_id = %s", [row.pk])  # fmt: skip
        assert {check.faults for check in checked(table.again(row))} == {("协议文本与所签文本不一致",)}


def test_the_database_keeps_signatures_as_they_are(table):
    row = table.signed()
    with scope(table.lead), pytest.raises(ProgrammingError), transaction.atomic():
        Signature.objects.filter(case=row.pk).update(signer="他人")


def test_a_drawn_signature_is_a_path_and_nothing_else(table):
    row = table.final()
    said = table.refused(row, "sign", by=table.lead, manner="drawn", signer="甲", strokes="M1 1'/><script>")
    assert "签名框" in said
    row = table.world.take(row, "sign", by=table.lead, manner="drawn", signer="甲", strokes="M1 1L20 40L300 200")
    row = table.world.take(row, "sign", by=table.county, manner="typed", signer="乙")
    with scope(table.lead):
        paper = issue(row, "agreement.text", by=table.lead)
        assert b"".join(vault.read(paper.attachment.storage_key)).startswith(b"%PDF")


def test_a_certificate_counts_where_its_provider_vouches_for_it(table, monkeypatch):
    key = Ed25519PrivateKey.generate()

    def vouches(digest: str, value: str, signer: str) -> bool:
        try:
            key.public_key().verify(bytes.fromhex(value), f"{digest} {signer}".encode())
        except (ValueError, InvalidSignature):
            return False
        return True

    row = table.final()
    said = {"manner": "cert", "signer": "周明", "certificate": key.sign(f"{row.text_digest} 周明".encode()).hex()}
    assert "尚未接入电子认证服务" in table.refused(row, "sign", by=table.lead, **said)
    monkeypatch.setattr(providers, "_items", {"own": Provider("own", "本地测试", vouches)})
    assert "核验通过" in table.refused(row, "sign", by=table.lead, **said | {"signer": "别人"})
    row = table.world.take(row, "sign", by=table.lead, **said)
    with scope(table.lead):
        assert checked(table.again(row))[0].holds
        monkeypatch.setattr(providers, "_items", {})
        assert checked(table.again(row))[0].faults == ("电子证书签名未通过核验",)


def test_the_text_says_who_the_parties_are_as_the_registry_knows_them(table):
    county = table.world.place(table.county.institution_name)
    Institution.objects.filter(pk=county.pk).update(unified_code="12420121MB00000001", legal_representative="周明")
    row = table.final()
    assert "统一社会信用代码：12420121MB00000001；法定代表人：周明；地址：＿" in row.text["particulars"][1]
    with scope(table.lead):
        values = of_agreement(row)
    before = values | {"particulars": []}
    said = [[line.text for line in manuscript(one).lines] for one in (values, before)]
    assert [len(said[0]) - len(said[1]), said[1][1]] == [2, "签约单位：北岭县人民医院"]
    assert said[0][3] == row.text["particulars"][1]
