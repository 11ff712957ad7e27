"""A real worker goes the round."""

import asyncio

import pytest
from django.db import connections
from procrastinate.contrib.django import app

from tests.world import COUNTY, TOWNSHIP, World
from yilian.kernel.access.scope import scope
from yilian.kernel.deadlines.tasks import deadlines_round
from yilian.kernel.workflow.models import Case


def work_off():
    """Run a worker until no job waits."""

    async def run():
        worker = app.with_connector(app.connector.get_worker_connector())
        async with worker.open_async():
            await worker.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)

    asyncio.run(run())


@pytest.mark.usefixtures("fresh_database")
def test_the_worker_lets_an_overdue_case_lapse():
    world = World()
    sender = world.person("doctor", at=TOWNSHIP)
    errand = world.open("errand", by=sender, wish="请协助会诊", receiver=world.place(COUNTY).pk)
    sent = world.take(errand, "send", by=sender)
    with scope(sender):
        Case.objects.filter(pk=sent.pk).update(due=sent.since)
    deadlines_round.defer(timestamp=0)
    work_off()
    with scope(sender):
        assert Case.objects.get().state == "expired"
    connections.close_all()
