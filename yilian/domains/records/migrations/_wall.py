"""Who reads a patient's documents: the second wall, run by the owner (docs/adr/0080).

A document is shown to its author, to the working sides of a case that carries it, and to institutions with a ground
that stands. Grounds can only be written with what proves them; consents are withdrawn through a function. Policies for
reading are named `wall`: a table with a key to a case that has none of this name gets the kernel's, which says less.
"""

FUNCTIONS = """
create function records_stands(asked records_ground) returns boolean language sql stable as $$
  select asked.withdrawn_at is null and asked.since <= statement_timestamp()
     and (asked.until is null or asked.until > statement_timestamp())
     and (asked.side is null or exists (
       select 1 from participation p join case_file c on c.id = p.case_id
        where p.case_id = asked.case_id and p.institution_id = asked.institution_id and p.side = asked.side
          and (c.open or c.since + make_interval(days => asked.days_after) > statement_timestamp())))
$$;

create function records_of_one_patient() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from records_record r join case_file c on c.patient_id = r.patient_id
                  where r.id = new.record_id and c.id = new.case_id) then
    raise insufficient_privilege using message = 'a document of another patient, or one that is out of sight';
  end if;
  return new;
end $$;
create trigger records_of_one_patient before insert on records_packageitem for each row
  execute function records_of_one_patient();

create function records_corrects() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from records_record r where r.id = new.replaces_id and r.patient_id = new.patient_id
                  and r.institution_id = new.institution_id and r.kind = new.kind) then
    raise insufficient_privilege using message = 'a correction is of the same patient, author and kind';
  end if;
  return new;
end $$;
create trigger records_corrects before insert on records_record for each row when (new.replaces_id is not null)
  execute function records_corrects();

create function records_withdraw(asked uuid, who text, why text, moment timestamptz) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
declare about uuid;
begin
  select patient_id into about from records_consent where id = asked;
  if about is null or not patient_is_mine(about) then
    raise insufficient_privilege using message = 'no such consent';
  end if;
  update records_consent set withdrawn_at = moment, withdrawn_name = who, withdrawn_reason = why
    where id = asked and withdrawn_at is null;
  if not found then return false; end if;
  update records_ground set withdrawn_at = moment where consent_id = asked and withdrawn_at is null;
  return true;
end $$;

create function records_home(asked uuid, reading int) returns int language sql stable security definer
  set search_path = public, pg_temp as $$
  select institution_id from (
    select institution_id, 1 as place, since as at from records_ground
      where patient_id = asked and kind = 'contract' and withdrawn_at is null
        and since <= statement_timestamp() and (until is null or until > statement_timestamp())
    union all select institution_id, 2, effective_at from records_record where patient_id = asked
    union all select i, 3, p.created_at from registry_patient p cross join unnest(p.institutions) i where p.id = asked
  ) known
  where institution_id <> reading and patient_is_mine(asked)
  order by place, at, institution_id limit 1
$$;

create function records_lookers(asked uuid, before timestamptz, most int) returns table (
    at timestamptz, institution_id int, person text, action text, object_kind text, object_id text, ground text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.at, a.institution_id, coalesce(u.full_name, ''), a.action, a.object_kind, a.object_id, a.ground
    from audit_accessrecord a left join access_user u on u.id = a.user_id
   where patient_is_mine(asked) and a.at < before
     and a.action in ('viewed', 'downloaded', 'printed', 'exported', 'revealed')
     and (a.object_kind in ('patient', 'health_record') and a.object_id = asked::text
       or a.object_kind = 'record' and a.object_id in (select id::text from records_record where patient_id = asked)
       or a.object_kind in (select distinct kind from case_file where patient_id = asked)
          and a.object_id in (select id::text from case_file where patient_id = asked))
   order by a.at desc, a.id desc limit most
$$;

create function records_orphans(sought text[]) returns setof text
  language sql stable security definer set search_path = public, pg_temp as $$
  select k from unnest(sought) k
   where not exists (select 1 from records_recordfile f where f.storage_key = k)
     and not exists (select 1 from records_consent c where c.evidence_key = k)
$$;
revoke all on function records_orphans(text[]), records_withdraw(uuid, text, text, timestamptz),
  records_home(uuid, int), records_lookers(uuid, timestamptz, int) from public;
grant execute on function records_orphans(text[]), records_withdraw(uuid, text, text, timestamptz),
  records_home(uuid, int), records_lookers(uuid, timestamptz, int) to {app};
"""

MINE = "any((select mine())::int[])"
KNOWN = "exists (select 1 from registry_patient known where known.id = patient_id)"

POLICIES = f"""
alter table records_record enable row level security;
create policy wall on records_record for select to {{app}} using (
  institution_id = {MINE}
  or exists (select 1 from records_ground g where g.patient_id = records_record.patient_id and g.institution_id = {MINE}
             and (g.kinds = '{{}}' or records_record.kind = any(g.kinds)) and records_stands(g))
  or exists (select 1 from records_packageitem i join participation p on p.case_id = i.case_id
             where i.record_id = records_record.id and p.institution_id = {MINE} and p.side = any(i.readers)));
create policy written on records_record for insert to {{app}} with check (institution_id = {MINE} and {KNOWN});
create policy marked on records_record for update to {{app}}
  using (institution_id = {MINE}) with check (institution_id = {MINE});
revoke update, delete, truncate on records_record, records_observation, records_recordfile from {{app}};
grant update (status, error_reason, error_name, error_at) on records_record to {{app}};

alter table records_observation enable row level security;
create policy read on records_observation for select to {{app}}
  using (exists (select 1 from records_record r where r.id = record_id));
create policy written on records_observation for insert to {{app}}
  with check (exists (select 1 from records_record r where r.id = record_id and r.institution_id = {MINE}));
alter table records_recordfile enable row level security;
create policy read on records_recordfile for select to {{app}}
  using (exists (select 1 from records_record r where r.id = record_id));
create policy written on records_recordfile for insert to {{app}}
  with check (exists (select 1 from records_record r where r.id = record_id and r.institution_id = {MINE}));

alter table records_consent enable row level security;
create policy read on records_consent for select to {{app}} using ({KNOWN});
create policy written on records_consent for insert to {{app}} with check (institution_id = {MINE} and {KNOWN});
revoke update, delete, truncate on records_consent from {{app}};

alter table records_ground enable row level security;
create policy wall on records_ground for select to {{app}}
  using (institution_id = {MINE} or recorded_in_id = {MINE});
create policy written on records_ground for insert to {{app}} with check (recorded_in_id = {MINE} and case kind
  when 'referral' then side is not null and exists (
    select 1 from participation p join case_file c on c.id = p.case_id
     where p.case_id = records_ground.case_id and p.institution_id = records_ground.institution_id
       and p.side = records_ground.side and c.patient_id = records_ground.patient_id)
  when 'consent' then until is not null and exists (
    select 1 from records_consent n where n.id = consent_id and n.patient_id = records_ground.patient_id
       and n.institution_id = {MINE} and records_ground.institution_id = any(n.readers) and n.withdrawn_at is null)
  when 'breakglass' then institution_id = {MINE} and until <= since + interval '7 days' and exists (
    select 1 from case_file c where c.id = case_id and c.kind = 'breakglass' and c.patient_id = records_ground.patient_id)
  else institution_id = {MINE} and number <> '' and {KNOWN} end);
create policy ended on records_ground for update to {{app}}
  using (recorded_in_id = {MINE}) with check (recorded_in_id = {MINE} and withdrawn_at is not null);
revoke update, delete, truncate on records_ground from {{app}};
grant update (withdrawn_at) on records_ground to {{app}};

alter table records_package enable row level security;
create policy wall on records_package for select to {{app}}
  using (exists (select 1 from case_file w where w.id = case_id));
create policy sealed on records_package for insert to {{app}}
  with check (institution_id = {MINE} and exists (select 1 from case_file w where w.id = case_id));
revoke update, delete, truncate on records_package from {{app}};

alter table records_packageitem enable row level security;
create policy wall on records_packageitem for select to {{app}}
  using (exists (select 1 from case_file w where w.id = case_id));
create policy chosen on records_packageitem for insert to {{app}} with check (
  institution_id = {MINE} and exists (select 1 from case_file w where w.id = case_id)
  and (is_addition or not exists (select 1 from records_package s where s.case_id = records_packageitem.case_id)));
create policy dropped on records_packageitem for delete to {{app}} using (
  institution_id = {MINE} and not exists (select 1 from records_package s where s.case_id = records_packageitem.case_id));
revoke update, truncate on records_packageitem from {{app}};
"""
