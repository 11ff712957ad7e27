"""The second wall: triggers, grants and row policies of the case tables, as SQL that migrations run as the owner.

The parts and why they are as they are: docs/adr/0002 and 0008.
"""

FUNCTIONS = """
create or replace function mine() returns int[] language sql stable parallel safe as
  $$ select nullif(current_setting('app.institutions', true), '')::int[] $$;

create or replace function case_guard() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if not exists (select 1 from edge where kind = new.kind and state_from = '' and state_to = new.state) then
      raise exception 'a % cannot begin as %', new.kind, new.state using errcode = 'YL001';
    end if;
    return new;
  end if;
  if new.id <> old.id or new.kind <> old.kind then
    raise exception 'kind and id of a case never change' using errcode = 'YL001';
  end if;
  if new.state <> old.state
     and not exists (select 1 from edge where kind = new.kind and state_from = old.state and state_to = new.state) then
    raise exception 'a % cannot go from % to %', new.kind, old.state, new.state using errcode = 'YL001';
  end if;
  if new.version <> old.version + 1 and new.version <> old.version then
    raise exception 'versions count up by one' using errcode = 'YL001';
  end if;
  return new;
end $$;

create or replace function part_fill() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  select c.kind, c.state, c.open, c.due, c.priority, coalesce(t.roles, 0)
    into new.kind, new.state, new.open, new.due, new.priority, new.turn
    from case_file c left join turn t on t.kind = c.kind and t.state = c.state and t.side = new.side
    where c.id = new.case_id for no key update of c;
  if not found then
    raise insufficient_privilege
      using message = 'new row violates row-level security policy for table "participation"';
  end if;
  new.watches := exists (select 1 from watching w where w.kind = new.kind and w.side = new.side);
  new.prime := not new.watches and not exists (select 1 from participation p where p.case_id = new.case_id
                                               and p.institution_id = new.institution_id and p.prime);
  return new;
end $$;

create or replace function parties_of(asked uuid) returns int[] language plpgsql stable as $$
begin
  return (select coalesce(array_agg(k.place order by k.place < 0, k.place), '{}')
            from (select distinct case when q.watches then -q.institution_id else q.institution_id end as place
                    from participation q where q.case_id = asked) k);
end $$;

create or replace function part_parties() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    update participation p set prime = true
      from (select distinct on (q.case_id, q.institution_id) q.case_id, q.institution_id, q.side
              from participation q
              join changed d on d.case_id = q.case_id and d.institution_id = q.institution_id and d.prime
              where not q.watches order by 1, 2, 3) x
      where p.case_id = x.case_id and p.institution_id = x.institution_id and p.side = x.side;
  end if;
  update case_file c set parties = x.p
    from (select d.case_id, parties_of(d.case_id) p from (select distinct case_id from changed) d) x
    where c.id = x.case_id and c.parties is distinct from x.p;
  return null;
end $$;

create or replace function case_spread() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  update participation p set state = new.state, open = new.open, due = new.due, priority = new.priority,
    turn = coalesce((select roles from turn t where t.kind = new.kind and t.state = new.state and t.side = p.side), 0)
    where p.case_id = new.id;
  return null;
end $$;

create or replace function case_leave(leaving_case uuid, leaving_institution int, leaving_side int) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from case_file where id = leaving_case and parties && mine()) then
    raise insufficient_privilege using message = 'no such case';
  end if;
  delete from participation
    where case_id = leaving_case and institution_id = leaving_institution and side = leaving_side;
end $$;
"""

TRIGGERS = """
create trigger case_guard before insert or update of id, kind, state, version on case_file
  for each row execute function case_guard();
create trigger part_fill before insert on participation for each row execute function part_fill();
create trigger part_parties_i after insert on participation referencing new table as changed
  for each statement execute function part_parties();
create trigger part_parties_d after delete on participation referencing old table as changed
  for each statement execute function part_parties();
create trigger case_spread after update of state, open, due, priority on case_file for each row
  when ((old.state, old.open, old.due, old.priority) is distinct from (new.state, new.open, new.due, new.priority))
  execute function case_spread();
alter table participation set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000,
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000);
alter table case_file set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
create sequence case_number_seq;
"""

POLICIES = """
alter table case_file enable row level security;
alter table participation enable row level security;
create policy wall on case_file to {app}
  using (parties && (select mine())) with check (parties && (select mine()));
create policy wall on participation to {app}
  using (institution_id = any((select mine())::int[])
         or exists (select 1 from case_file w where w.id = participation.case_id))
  with check (exists (select 1 from case_file w where w.id = participation.case_id));
revoke update, delete, truncate on case_file, participation, turn, edge from {app};
revoke insert on turn, edge from {app};
grant update (state, open, since, due, priority, version, flags, title, digest, patient_id, consortium_id)
  on case_file to {app};
grant select, usage on sequence case_number_seq to {app};
revoke all on function case_leave(uuid, int, int) from public;
grant execute on function case_leave(uuid, int, int) to {app};
"""

WATCHERS_ANEW = """
create temporary table turned on commit drop as
  select distinct p.case_id from participation p
    where p.watches <> exists (select 1 from watching w where w.kind = p.kind and w.side = p.side);
update participation p
  set watches = exists (select 1 from watching w where w.kind = p.kind and w.side = p.side), prime = false
  where p.case_id in (select case_id from turned);
update participation p set prime = true
  from (select distinct on (q.case_id, q.institution_id) q.case_id, q.institution_id, q.side from participation q
          where not q.watches and q.case_id in (select case_id from turned) order by 1, 2, 3) x
  where p.case_id = x.case_id and p.institution_id = x.institution_id and p.side = x.side;
update case_file c set parties = parties_of(c.id) where c.id in (select case_id from turned);
"""

MESSAGES_STAY = """
revoke update, delete, truncate on workflow_casemessage from {app};
grant update (answered_at) on workflow_casemessage to {app};
"""
APPEND_ONLY = "revoke update, delete, truncate on {table} from {app};"


def behind_wall(table: str, column: str = "case_id") -> str:
    """Return the SQL that shows rows of a table only to those who see the case in `column`."""
    visible = f"exists (select 1 from case_file w where w.id = {table}.{column})"
    return (
        f"alter table {table} enable row level security;"
        f"create policy wall on {table} to {{app}} using ({visible}) with check ({visible});"
    )
