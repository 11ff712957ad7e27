"""The papers: who issues which, what they say, and what is stamped across them at the end."""

import json
from dataclasses import replace

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from yilian.domains.referral import printed
from yilian.domains.referral.parameters import NEEDS_APPROVAL
from yilian.domains.referral.tests.cast import ARRIVAL, FEEDBACK, IDENTITY
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.documents.issuing import issue
from yilian.kernel.documents.paper import papers
from yilian.kernel.documents.printing import stamp_of
from yilian.kernel.documents.refusal import PaperRefused
from yilian.kernel.documents.rendering import Face, Stamp, render
from yilian.kernel.rules.values import set_value
from yilian.registry.models.patient import CardKind
from yilian.registry.patients.cards import note_card

FACE = Face("转诊单", "转〔2026〕00001号", "石桥乡卫生院", "2026-11-21", "https://yilian.invalid/verify/x/")


@pytest.fixture(autouse=True)
def vault(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def completed(cast):
    return cast.walk(
        cast.sent(), ("accept", cast.county_desk, {}), ("arrive", cast.county_desk, ARRIVAL),
        ("treat", cast.county, {}), ("complete", cast.county, FEEDBACK),
    )  # fmt: skip


def issued(referral, key, by):
    with scope(by):
        return issue(referral, key, by=by)


def test_the_sender_issues_the_letter_and_the_receiver_the_answer(cast):
    referral = completed(cast)
    letter = issued(referral, "referral.letter", cast.township)
    assert letter.number.startswith("转〔")
    answer = issued(referral, "referral.return", cast.county)
    assert answer.issuer == cast.county.institution_name


@pytest.mark.parametrize(
    ("key", "who", "says"),
    [
        ("referral.letter", "county", "由转出方的有关岗位开具"),
        ("referral.return", "township", "由转回患者的机构开具"),
        ("referral.return", "county", "反馈后才能开具"),
        ("referral.consent", "county", "由转出方"),
        ("referral.letter", "office", "由转出方"),
    ],
)
def test_the_wrong_institution_or_moment_issues_nothing(cast, key, who, says):
    with pytest.raises(PaperRefused, match=says):
        issued(cast.sent(), key, getattr(cast, who))


def test_a_draft_gets_its_consent_form_but_no_letter(cast):
    draft = cast.draft()
    assert issued(draft, "referral.consent", cast.township).title == "转诊知情同意书"
    with pytest.raises(PaperRefused, match="只能在以下状态开具"):
        issued(draft, "referral.letter", cast.township)


def test_the_papers_say_what_the_case_says_and_mask_the_identity(cast):
    referral = completed(cast)
    with scope(cast.county):
        letter, answer = printed.of_referral(referral), printed.of_return(referral)
    assert (letter["receiver"], answer["receiver"]) == (cast.county.institution_name, cast.township.institution_name)
    assert answer["care_plan"] == FEEDBACK["next_plan"]
    assert IDENTITY not in str(letter) + str(answer)
    assert letter["patient"]["identity"].startswith("4201")


def want_approval(cast):
    set_value(
        NEEDS_APPROVAL, "true", institution_id=cast.township.institution_id, by=cast.township,
        effective_from=clock.today(), ground="试验",
    )  # fmt: skip


def test_the_letter_carries_the_cards_masked_and_what_the_house_said(cast):
    want_approval(cast)
    for kind, number in ((CardKind.INSURANCE, "YB42018899"), (CardKind.ARCHIVE, "42012100100200033")):
        note_card(cast.patient, by=cast.township, kind=kind, number=number)
    referral = cast.walk(
        cast.draft(), ("submit_for_approval", cast.township, {}),
        ("approve", cast.township_desk, {"approval_note": "同意转往上级"}),
    )  # fmt: skip
    with scope(cast.township):
        said = printed.of_referral(referral)
    assert (said["patient"]["insurance"], said["patient"]["archive"]) == ("Y*****8899", "4201*********0033")
    assert said["approval"].startswith(f"同意转往上级　{cast.township_desk.name}　")
    declined = cast.take(referral, "decline", by=cast.county_desk, decline_reason="incomplete", note="资料不全")
    with scope(cast.township):
        assert printed.of_referral(declined)["approval"] == said["approval"], "a refusal is no approval"


def test_the_letter_says_that_it_goes_by_green_channel(cast):
    assert printed.channel(cast.sent()) == ""
    emergency = cast.sent(is_emergency=True, emergency_kind="stroke", is_no_duplicate=True, diagnosis="I63")
    assert printed.channel(emergency) == "急诊绿色通道·卒中"
    assert issued(emergency, "referral.letter", cast.township).title


def test_an_approval_without_words_agrees_and_none_leaves_room_to_write(cast):
    with scope(cast.township):
        assert printed.of_referral(cast.sent())["approval"] == ""
    want_approval(cast)
    draft = cast.draft(diagnosis="J18", is_no_duplicate=True)
    referral = cast.walk(draft, ("submit_for_approval", cast.township, {}), ("approve", cast.township_desk, {}))
    with scope(cast.township):
        assert printed.of_referral(referral)["approval"].startswith("同意转诊　")


def test_a_withdrawn_referral_is_no_proof_any_more(cast):
    referral = cast.sent()
    letter = issued(referral, "referral.letter", cast.township)
    with scope(cast.township):
        assert stamp_of(letter) is None
    cast.take(referral, "withdraw", by=cast.township, cancel_reason="improved")
    with scope(cast.township):
        letter.refresh_from_db()
        stamp = stamp_of(letter)
    assert stamp.text == "不作为就诊凭证"
    assert "病情好转" in stamp.reason


@pytest.mark.parametrize("key", ["referral.letter", "referral.return", "referral.consent"])
@pytest.mark.parametrize("stamp", [None, Stamp("不作为就诊凭证", "已撤回；病情好转", "2026-11-21 10:00")])
def test_each_paper_fits_on_one_page(cast, key, stamp):
    referral = completed(cast)
    with scope(cast.township):
        data = json.loads(DjangoJSONEncoder().encode(papers[key].context(referral)))
    assert len(render(papers[key].template, replace(FACE, stamp=stamp), data, form="png")) == 1
