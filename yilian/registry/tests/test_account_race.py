"""Two administrators lock each other at the same moment: one of them stays."""

import threading

from django.core.exceptions import ValidationError
from django.db import connections

from tests.world import TOWNSHIP, World
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
from yilian.registry.accounts.writing import lock


def test_one_administrator_is_left_whoever_comes_first(fresh_database):
    world = World()
    one, other = (world.person("admin", at=TOWNSHIP) for _number in range(2))
    start, said = threading.Barrier(2), []

    def take_out(by, account_id: int) -> None:
        start.wait()
        try:
            with scope(by):
                lock(account_id, by=by, version=None, ground="试验")
            said.append("")
        except ValidationError as refused:
            said.append(refused.messages[0])
        finally:
            connections.close_all()

    pairs = ((one, other.user_id), (other, one.user_id))
    threads = [threading.Thread(target=take_out, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [text for text in said if text]
    assert len(said) == 2
    assert len(refused) == 1
    assert "最后一个系统管理岗位" in refused[0]
    assert User.objects.filter(is_active=True).count() == 1
