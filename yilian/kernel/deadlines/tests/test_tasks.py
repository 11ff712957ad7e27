"""Jobs of dead workers run again, but not for ever and not beside a job that already waits."""

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from yilian.kernel.deadlines.tasks import MOST_ATTEMPTS, rescue_stalled_jobs


class Context:
    """What a worker hands to a task; of it the rescue uses the app."""

    app = app


def job(status, lock=None, attempts=1):
    """Insert a job that no worker holds (its worker was pruned) and return its number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_jobs (task_name, queue_name, status, args, attempts, queueing_lock)"
            " values ('deadlines.round', 'default', %s, '{}', %s, %s) returning id",
            [status, attempts, lock],
        )
        return cursor.fetchone()[0]


def rescue():
    async_to_sync(rescue_stalled_jobs.func)(Context(), 0)


def status(number):
    return ProcrastinateJob.objects.get(pk=number).status


@pytest.mark.django_db
def test_a_job_without_a_worker_waits_again():
    lost, waiting, done = job("doing"), job("todo"), job("succeeded")
    rescue()
    assert [status(number) for number in (lost, waiting, done)] == ["todo", "todo", "succeeded"]


@pytest.mark.django_db
def test_a_job_that_outlived_its_workers_fails():
    lost = job("doing", attempts=MOST_ATTEMPTS)
    rescue()
    assert status(lost) == "failed"


@pytest.mark.usefixtures("fresh_database")
def test_a_job_that_is_queued_again_already_fails_instead_of_blocking():
    lost, next_one = job("doing", lock="deadlines.round"), job("todo", lock="deadlines.round")
    rescue()
    assert [status(number) for number in (lost, next_one)] == ["failed", "todo"]


def test_the_clock_has_both_its_tasks():
    assert {"deadlines.round", "jobs.rescue"} <= set(app.tasks)
    assert {task.task.name for task in app.periodic_registry.periodic_tasks.values()} >= {
        "deadlines.round",
        "jobs.rescue",
    }
