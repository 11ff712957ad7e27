"""Everything about an agreement stands behind its wall; rounds and signatures are added, findings are the check's."""

from django.db import migrations

from yilian.domains.agreement.checking import reported, standing_rows
from yilian.kernel.postgres.owner_sql import OwnerSQL
from yilian.kernel.workflow.wall import APPEND_ONLY, behind_wall

TABLES = ("clause", "clauseround", "signature", "finding", "fulfilment")
ADDED = ("clauseround", "signature", "fulfilment")
GRANTS = """
revoke delete, truncate on agreement_clause from {app};
revoke insert, update, delete, truncate on agreement_finding from {app};
grant update (is_settled) on agreement_finding to {app};
revoke update, delete, truncate on agreement_promise from {app};
grant update (until) on agreement_promise to {app};
create index agreement_promise_parties on agreement_promise using gin (institutions);
"""


class Migration(migrations.Migration):
    dependencies = [("agreement", "0001_initial"), ("workflow", "0002_wall"), ("documents", "0001_initial")]
    operations = [
        *(OwnerSQL(behind_wall(f"agreement_{table}")) for table in TABLES),
        *(OwnerSQL(APPEND_ONLY.replace("{table}", f"agreement_{table}")) for table in ADDED),
        OwnerSQL(GRANTS),
        OwnerSQL(reported.FUNCTIONS),
        OwnerSQL(standing_rows.FUNCTIONS),
    ]
