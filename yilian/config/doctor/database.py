"""What only the database can tell: rights of the role, state of the schema, life of the worker."""

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from yilian.config.doctor.finding import Findings, bad, first_line, good, note
from yilian.kernel.indicators.standing import standing

WORKER_SILENCE = 60  # seconds without a heartbeat after which a worker counts as gone
WAITING_TOO_LONG = 10  # minutes a due job may wait before something is wrong


def look_into_database() -> Findings:
    """Yield what the database tells, or that it does not answer."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield bad(_("数据库不应答（%s），因此没有检查权限、结构和后台任务。") % first_line(error))
        return
    yield good(_("数据库应答，角色为 %s。") % settings.APP_ROLE)
    for look in (look_at_rights, look_at_schema, look_at_worker, look_at_numbers):
        yield from _guarded(look)


def look_at_rights() -> Findings:
    """The role of the programs cannot go round row security, and no statement of it runs for ever."""
    bypasses = _number("select (rolsuper or rolbypassrls)::int from pg_roles where rolname = current_user")
    owned = _number("select count(*) from pg_tables where tableowner = current_user")
    if bypasses or owned:
        yield bad(_("数据库角色 %s 能绕过行级安全：请在 DATABASE_URL 中改用没有特权的角色。") % settings.APP_ROLE)
    else:
        yield good(_("数据库角色 %s 受行级安全约束。") % settings.APP_ROLE)
    if not _number("select setting::int from pg_settings where name = 'statement_timeout'"):
        yield note(
            _("数据库角色没有语句时限：建议 ALTER ROLE %s SET statement_timeout = '10s'。") % settings.APP_ROLE,
        )


def look_at_schema() -> Findings:
    """All migrations have run."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield bad(_("数据库结构差 %d 步：请运行 yilian migrate。") % len(waiting))
    else:
        yield good(_("数据库结构是最新的。"))


def look_at_worker() -> Findings:
    """A worker is alive and keeps up."""
    alive, late = _workers_alive(), _jobs_late()
    if not alive:
        yield bad(_("没有后台任务进程：时限、消息和文书都会停下。请运行 yilian worker。"))
    else:
        yield good(_("后台任务进程 %d 个。") % alive)
    if late:
        yield bad(_("%(count)d 个任务等待超过 %(minutes)d 分钟。") % {"count": late, "minutes": WAITING_TOO_LONG})


def look_at_numbers() -> Findings:
    """The lake was refreshed and the indicators counted; if not, what readers are told and the reason that was kept."""
    stands = standing()
    kept = [run.failure for run in (stands.refresh, stands.counting) if run is not None and run.failure]
    for said in stands.sentences:
        yield note(said)
    for reason in kept:
        yield note(_("记录的原因：%s") % reason)


def _workers_alive() -> int:
    question = "select count(*) from procrastinate_workers where last_heartbeat > now() - make_interval(secs => %s)"
    return _number(question, WORKER_SILENCE)


def _jobs_late() -> int:
    """Return how many jobs should have begun by now; those that let all others go first are never late."""
    return _number(
        "select count(*) from procrastinate_jobs j where status = 'todo' and priority >= 0"
        " and now() - make_interval(mins => %s) >"
        " coalesce(scheduled_at, (select min(at) from procrastinate_events e where e.job_id = j.id), now())",
        WAITING_TOO_LONG,
    )


def _number(question: str, *parameters: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(question, parameters)
        return int(cursor.fetchone()[0])


def _guarded(look: Callable[[], Findings]) -> Findings:
    try:
        yield from look()
    except DatabaseError as error:
        yield bad(_("数据库拒绝了检查（%s）：请运行 yilian migrate。") % first_line(error))
