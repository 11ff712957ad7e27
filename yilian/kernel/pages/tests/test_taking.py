"""Steps from the page: the dialog, the answer to a refusal, and two people at once."""

from tests.world import CITY
from yilian.kernel.pages.tests.test_cases import at


def test_the_dialog_asks_what_the_step_asks(receiver, sent):
    page = receiver.part(at(sent, "do/decline/"))
    assert 'name="why"' in page
    assert "确定谢绝" in page
    assert page in receiver.sees(at(sent, "do/decline/"))


def test_a_step_is_taken_and_said(receiver, sent):
    answer = receiver.sends(at(sent, "do/decline/"), why="设备检修", _note="下周恢复", _version="2", _key="k1")
    assert answer.url == at(sent)
    page = receiver.sees(at(sent))
    assert "已办理「谢绝」" in page
    assert "下周恢复" in page
    assert "设备检修" in page


def test_htmx_is_told_where_to_go(receiver, sent):
    answer = receiver.client.post(at(sent, "do/accept/"), {"_version": "2"}, headers={"hx-request": "true"})
    assert answer.headers["HX-Redirect"] == at(sent)


def test_a_missing_answer_comes_back_beside_its_question(receiver, sent):
    answer = receiver.sends(at(sent, "do/decline/"), why="", _note="留着", _version="2", status=422)
    page = answer.content.decode()
    assert "请填写「原因」" in page
    assert 'aria-invalid="true"' in page
    assert "留着</textarea>" in page


def test_a_stale_page_says_who_was_faster(world, receiver, sent):
    world.take(sent, "accept", by=receiver.actor)
    answer = receiver.sends(at(sent, "do/decline/"), why="设备检修", _version="2", status=409)
    page = answer.content.decode()
    assert "已被更新" in page
    assert "查看最新情况" in page


def test_the_wrong_side_is_told_who_may(sender, sent):
    assert "由受托方（转诊中心）办理" in sender.sees(at(sent, "do/accept/"), status=403)
    sender.sends(at(sent, "do/accept/"), status=403)


def test_nobody_takes_a_step_of_the_clock_or_an_unknown_one(sender, sent):
    sender.sees(at(sent, "do/expire/"), status=404)
    sender.sees(at(sent, "do/nonsense/"), status=404)


def test_the_same_key_twice_is_one_step(receiver, sent):
    for _time in range(2):
        receiver.sends(at(sent, "do/accept/"), _version="2", _key="twice")
    assert receiver.sees(at(sent)).count("<b>接受</b>") == 1


def test_a_rule_against_the_step_is_shown_in_the_dialog(world, sender, receiver, sent):
    answer = sender.sends(at(sent, "do/redirect/"), receiver=str(sender.actor.institution_id), _version="2", status=422)
    assert "不能请托本机构" in answer.content.decode()
    city = world.place(CITY)
    sender.sends(at(sent, "do/redirect/"), receiver=str(city.pk), _version="2")
    assert CITY in sender.sees(at(sent))
