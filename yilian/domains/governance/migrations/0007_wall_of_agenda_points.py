"""Points that wait for a meeting are read by the consortium's lead and by whoever put them; members put them."""

from django.db import migrations

from yilian.kernel.postgres.owner_sql import OwnerSQL

WALL = """
alter table governance_agendapoint enable row level security;
create policy readers on governance_agendapoint for select to {app} using (
  filed_by_id = any((select mine())::int[])
  or exists (select 1 from registry_membership m where m.consortium_id = governance_agendapoint.consortium_id
             and m.role = 'lead' and m.institution_id = any((select mine())::int[])));
create policy writers on governance_agendapoint for insert to {app} with check (
  filed_by_id = any((select mine())::int[])
  and exists (select 1 from registry_membership m where m.consortium_id = governance_agendapoint.consortium_id
              and m.institution_id = filed_by_id));
create policy takers on governance_agendapoint for update to {app} using (
  exists (select 1 from registry_membership m where m.consortium_id = governance_agendapoint.consortium_id
          and m.role = 'lead' and m.institution_id = any((select mine())::int[])));
revoke update, delete, truncate on governance_agendapoint from {app};
grant update (meeting) on governance_agendapoint to {app};
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0006_agenda_points"), ("workflow", "0002_wall")]
    operations = [OwnerSQL(WALL)]
