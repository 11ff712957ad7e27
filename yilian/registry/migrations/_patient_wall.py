"""Who sees a patient: SQL that a migration runs as the owner.

An institution sees the patients that know it (`institutions` holds it). It comes to know one by registering the person,
by typing the exact number of an identity document, or by taking part in a case. The functions run with the rights of
the owner, so each tests first that the acting institution (`mine()`) may ask; the owner itself may always.
"""

FUNCTIONS = """
create or replace function mine() returns int[] language sql stable parallel safe as
  $$ select nullif(current_setting('app.institutions', true), '')::int[] $$;

create function patient_is_mine(asked uuid) returns boolean language sql stable security definer
  set search_path = public, pg_temp as $$
  select pg_has_role(session_user, current_user, 'member')
      or exists (select 1 from registry_patient where id = asked and institutions && mine())
$$;

create function patient_demand(asked uuid) returns void language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  if not patient_is_mine(asked) then
    raise insufficient_privilege using message = 'no such patient';
  end if;
end $$;

create function patient_spread(asked uuid, reached int[]) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  update registry_patient
    set institutions = (select array_agg(distinct i order by i) from unnest(institutions || reached) i)
    where id = asked and not institutions @> reached;
  if found then
    insert into registry_patientkey (institution_id, key, patient_id)
      select i, k.key, asked from unnest(reached) i
        cross join (select distinct key from registry_patientkey where patient_id = asked) k
      on conflict do nothing;
  end if;
  update registry_patientmerge
    set confirmed = (select array_agg(distinct i order by i) from unnest(confirmed || reached) i)
    where kept_id = asked and parted_at is null and not confirmed @> reached;
end $$;
revoke all on function patient_spread(uuid, int[]) from public;

create function patient_known_to(asked uuid, reached int[]) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  perform patient_demand(asked);
  perform patient_spread(asked, reached);
end $$;

create function patient_join(identity_kind text, identity_digest bytea, folded_name text, joining int) returns uuid
  language plpgsql security definer set search_path = public, pg_temp as $$
declare found_id uuid;
begin
  if joining <> all (coalesce(mine(), '{}')) and not pg_has_role(session_user, current_user, 'member') then
    raise insufficient_privilege using message = 'not the acting institution';
  end if;
  select p.id into found_id
    from registry_patientidentifier i join registry_patient p on p.id = i.patient_id
    where i.digest = identity_digest and i.kind = identity_kind and i.institution_id is null
      and folded_name <> ''
      and exists (select 1 from registry_patientkey k where k.patient_id = p.id and k.key = folded_name);
  if found_id is not null then
    perform patient_spread(found_id, array[joining]);
  end if;
  return found_id;
end $$;

create function patient_index(asked uuid, wanted text[]) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  perform patient_demand(asked);
  delete from registry_patientkey where patient_id = asked and key <> all (wanted);
  insert into registry_patientkey (institution_id, key, patient_id)
    select i, k, asked from registry_patient p cross join unnest(p.institutions) i cross join unnest(wanted) k
    where p.id = asked
    on conflict do nothing;
end $$;
"""

MERGING = """
create function patient_pointers() returns table (place text, target regclass, pointer name, key name, key_type text)
  language sql stable as $$
  select format('%s.%s', c.conrelid::regclass, a.attname), c.conrelid::regclass, a.attname, k.attname,
         format_type(k.atttypid, k.atttypmod)
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    join pg_index x on x.indrelid = c.conrelid and x.indisprimary and x.indnkeyatts = 1
    join pg_attribute k on k.attrelid = c.conrelid and k.attnum = x.indkey[0]
    where c.contype = 'f' and c.confrelid = 'registry_patient'::regclass
      and c.conrelid not in ('registry_patient'::regclass, 'registry_patientmerge'::regclass)
    order by 1
$$;

create function patient_merge(keeping uuid, dropping uuid, taken_over jsonb, acting_user int, reason text,
                              moment timestamptz) returns bigint
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  link record; hit jsonb; hits jsonb := '{}'; kept registry_patient; gone registry_patient; written bigint;
begin
  perform patient_demand(keeping), patient_demand(dropping);
  perform 1 from registry_patient where id in (keeping, dropping) order by id for update;
  select * into kept from registry_patient where id = keeping;
  select * into gone from registry_patient where id = dropping;
  if keeping = dropping or kept.merged_into_id is not null or gone.merged_into_id is not null then
    raise exception 'one of the two is merged already' using errcode = 'YL002';
  end if;
  for link in select * from patient_pointers() loop
    execute format('with hit as (update %s set %I = $1 where %I = $2 returning %I) '
                   'select coalesce(jsonb_agg(%I), ''[]'') from hit',
                   link.target, link.pointer, link.pointer, link.key, link.key)
      into hit using keeping, dropping;
    if hit <> '[]' then hits := hits || jsonb_build_object(link.place, hit); end if;
  end loop;
  delete from registry_patientkey where patient_id = dropping;
  insert into registry_patientmerge (kept_id, dropped_id, moved, filled, gained, confirmed, institutions,
                                     user_id, ground, merged_at)
    values (keeping, dropping, hits, taken_over,
            array(select i from unnest(gone.institutions) i where i <> all (kept.institutions)), '{}',
            array(select distinct i from unnest(kept.institutions || gone.institutions) i order by i),
            acting_user, reason, moment)
    returning id into written;
  update registry_patient set merged_into_id = keeping, version = version + 1, changed_at = moment where id = dropping;
  update registry_patient
    set institutions = array(select distinct i from unnest(kept.institutions || gone.institutions) i order by i)
    where id = keeping;
  return written;
end $$;

create function patient_part(merge_id bigint, moment timestamptz) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare link record; done registry_patientmerge;
begin
  select * into done from registry_patientmerge where id = merge_id for update;
  if done.id is null then raise insufficient_privilege using message = 'no such merge'; end if;
  perform patient_demand(done.kept_id), patient_demand(done.dropped_id);
  perform 1 from registry_patient where id in (done.kept_id, done.dropped_id) order by id for update;
  if done.parted_at is not null
     or exists (select 1 from registry_patient where id = done.kept_id and merged_into_id is not null) then
    raise exception 'this merge cannot be undone now' using errcode = 'YL002';
  end if;
  for link in select * from patient_pointers() loop
    execute format('update %s set %I = $1 where %I = $2 and %I = any '
                   '(array(select jsonb_array_elements_text($3))::%s[])',
                   link.target, link.pointer, link.pointer, link.key, link.key_type)
      using done.dropped_id, done.kept_id, coalesce(done.moved -> link.place, '[]');
  end loop;
  update registry_patientmerge set parted_at = moment where id = merge_id;
  update registry_patient set merged_into_id = null, version = version + 1, changed_at = moment
    where id = done.dropped_id;
  update registry_patient
    set institutions = array(select i from unnest(institutions) i
                             where i <> all (done.gained) or i = any (done.confirmed))
    where id = done.kept_id;
  delete from registry_patientkey k using registry_patient p
    where p.id = done.kept_id and k.patient_id = p.id and k.institution_id <> all (p.institutions);
end $$;
"""

GUARD = """
create function patient_guard() returns trigger language plpgsql as $$
begin
  if not pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'usage') then
    raise insufficient_privilege using message = 'who knows a patient is changed by joining and merging only';
  end if;
  return new;
end $$;
create trigger patient_guard before update of institutions, merged_into_id on registry_patient for each row
  when (old.institutions is distinct from new.institutions or old.merged_into_id is distinct from new.merged_into_id)
  execute function patient_guard();
"""

POLICIES = """
alter table registry_patient enable row level security;
create policy known on registry_patient for select using (institutions && (select mine()));
create policy written on registry_patient for insert
  with check (institutions && (select mine()) and institutions <@ (select mine()));
create policy changed on registry_patient for update
  using (institutions && (select mine())) with check (institutions && (select mine()));

alter table registry_patientidentifier enable row level security;
create policy known on registry_patientidentifier
  using (exists (select 1 from registry_patient p where p.id = patient_id))
  with check (exists (select 1 from registry_patient p where p.id = patient_id));

alter table registry_patientkey enable row level security;
create policy known on registry_patientkey for select using (institution_id = any ((select mine())::int[]));

alter table registry_patientmerge enable row level security;
create policy known on registry_patientmerge for select using (institutions && (select mine()));
"""

UNDO = """
drop policy if exists known on registry_patientmerge;
drop policy if exists known on registry_patientkey;
drop policy if exists known on registry_patientidentifier;
drop policy if exists known on registry_patient;
drop policy if exists written on registry_patient;
drop policy if exists changed on registry_patient;
alter table registry_patient disable row level security;
alter table registry_patientidentifier disable row level security;
alter table registry_patientkey disable row level security;
alter table registry_patientmerge disable row level security;
drop trigger patient_guard on registry_patient;
drop function patient_guard, patient_part, patient_merge, patient_pointers, patient_index, patient_join,
  patient_known_to, patient_spread, patient_demand, patient_is_mine;
"""
