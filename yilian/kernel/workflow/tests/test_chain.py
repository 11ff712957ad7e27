"""A broken link in a history is found, whoever broke it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from tests.world import COUNTY, TOWNSHIP, World


@pytest.fixture
def sent(fresh_database):
    world = World()
    sender, receiver = world.person("doctor", at=TOWNSHIP), world.person("reception", at=COUNTY)
    for wish in ("一", "二"):
        errand = world.open("errand", by=sender, wish=wish, receiver=receiver.institution_id)
        world.take(errand, "send", by=sender, note="请尽快")
    return errand


def test_whole_histories_pass(sent, capsys):
    call_command("verify_history")
    assert "2 histories are whole" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("tamper", "why"),
    [
        ("update happening set note = '不急' where case_id = %s and seq = 2", "line 2: a line was changed"),
        ("delete from happening where case_id = %s and seq = 1", "line 1: a line is missing"),
        ("delete from happening where case_id = %s and seq = 2", "line 2: the last lines are missing"),
    ],
)
def test_even_the_owner_cannot_hide_a_change(sent, capsys, tamper, why):
    with connections["owner"].cursor() as cursor:
        cursor.execute(tamper, [sent.pk])
    with pytest.raises(CommandError, match="1 of 2 histories are broken"):
        call_command("verify_history")
    assert f"{sent.number}: {why}" in capsys.readouterr().out
