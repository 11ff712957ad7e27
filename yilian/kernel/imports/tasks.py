"""Jobs of the imports: large workbooks, and forgetting what need not be kept."""

from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from yilian.kernel import clock
from yilian.kernel.imports.reading import WorkbookRefusedError
from yilian.kernel.imports.running import give_up, run_queued

KEPT = timedelta(days=7)
"""How long a marked workbook, which holds personal data, stays for download."""


@app.task(name="imports.workbook")
def import_workbook(run_id: str, institution_id: int) -> None:
    """Carry out a waiting import; running it twice changes nothing more. An error of the program ends the run."""
    key = UUID(run_id)
    try:
        run_queued(key, institution_id)
    except WorkbookRefusedError as refused:
        give_up(key, institution_id, str(refused))
    except Exception:
        give_up(key, institution_id, _("程序出错，未写入任何数据；请联系管理员并告知上传时间"))
        raise


@app.periodic(cron="43 3 * * *")
@app.task(name="imports.forget", queueing_lock="imports.forget", pass_context=False)
def forget(timestamp: int) -> int:
    """Drop the workbooks of runs that ended long enough ago, or never did; return how many."""
    with connection.cursor() as cursor:
        cursor.execute("select imports_forget(%s)", [clock.now() - KEPT])
        return cursor.fetchone()[0]
