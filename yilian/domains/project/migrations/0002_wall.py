"""What hangs on a project stands behind its wall; reports, spendings, changes and evaluations are never changed."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL
from yilian.kernel.workflow.wall import behind_wall

CHANGED = ("milestone", "budgetline")
KEPT = ("report", "spending", "amendment", "evaluation")


class Migration(migrations.Migration):
    dependencies = [("project", "0001_initial"), ("workflow", "0002_wall")]
    operations = [
        *(OwnerSQL(behind_wall(f"project_{name}")) for name in (*CHANGED, *KEPT)),
        *(OwnerSQL(f"revoke update, delete, truncate on project_{name} from {{app}};") for name in (*CHANGED, *KEPT)),
        OwnerSQL("grant update (done_on, dropped_by) on project_milestone to {app};"),
        OwnerSQL("grant update (planned) on project_budgetline to {app};"),
    ]
