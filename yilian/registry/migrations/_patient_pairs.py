"""Pairs of patients who may be one person: SQL that a migration runs as the owner.

A pair is seen by the institutions that know both. Only these functions write it, and each tests first that the acting
institution knows both, so a pair never tells of a patient whom its reader could not read anyway.
"""

from typing import Any

from yilian.registry.patients.keys import born_key, sounds

FUNCTIONS = """
create function patient_both_know(one uuid, other uuid) returns int[] language sql stable security definer
  set search_path = public, pg_temp as $$
  select coalesce(array_agg(i order by i), '{}') from registry_patient a cross join unnest(a.institutions) i
    where a.id = one and exists (select 1 from registry_patient b where b.id = other and i = any (b.institutions))
$$;
revoke all on function patient_both_know(uuid, uuid) from public;

create function patient_pair_follow() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  update registry_patientpair set institutions = patient_both_know(low_id, high_id) where new.id in (low_id, high_id);
  return null;
end $$;
create trigger patient_pair_follow after update of institutions on registry_patient for each row
  when (old.institutions is distinct from new.institutions) execute function patient_pair_follow();

create function patient_pair_note(asked uuid, others uuid[], weights int[], moment timestamptz) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform patient_demand(asked);
  delete from registry_patientpair r
    where decision = '' and institutions && mine()
      and ((r.low_id = asked and r.high_id <> all (others)) or (r.high_id = asked and r.low_id <> all (others)))
      and not exists (select 1 from registry_patient p
                      where p.id in (r.low_id, r.high_id) and p.merged_into_id is not null);
  insert into registry_patientpair (low_id, high_id, weight, institutions, found_at, decision, ground)
    select least(asked, o.id), greatest(asked, o.id), o.weight, patient_both_know(asked, o.id), moment, '', ''
      from unnest(others, weights) o(id, weight)
      where o.id <> asked and patient_is_mine(o.id)
      order by 1, 2
    on conflict (low_id, high_id) do update set weight = excluded.weight
      where registry_patientpair.weight <> excluded.weight;
end $$;

create function patient_pair_decide(one uuid, other uuid, weighed int, said text, reason text, acting_user int,
                                    acting_institution int, moment timestamptz) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform patient_demand(one), patient_demand(other);
  insert into registry_patientpair (low_id, high_id, weight, institutions, found_at, decision, ground, user_id,
                                    institution_id, decided_at)
    values (least(one, other), greatest(one, other), weighed, patient_both_know(one, other), moment, said, reason,
            acting_user, acting_institution, case when said <> '' then moment end)
    on conflict (low_id, high_id) do update
      set decision = excluded.decision, ground = excluded.ground, user_id = excluded.user_id,
          institution_id = excluded.institution_id, decided_at = excluded.decided_at;
end $$;
"""

POLICIES = """
alter table registry_patientpair enable row level security;
create policy known on registry_patientpair for select using (institutions && (select mine()));
"""

UNDO = """
drop policy known on registry_patientpair;
alter table registry_patientpair disable row level security;
drop trigger patient_pair_follow on registry_patient;
drop function patient_pair_note, patient_pair_decide, patient_pair_follow, patient_both_know;
"""


def write_born_keys(apps: Any, editor: Any) -> None:
    """Give patients who were there before the keys of birth date and sound."""
    rows = apps.get_model("registry", "Patient").objects.using(editor.connection.alias)
    rows = rows.filter(birth_on__isnull=False, merged_into__isnull=True)
    people = rows.values_list("pk", "name", "birth_on", "institutions")
    copy = "copy registry_patientkey (institution_id, key, patient_id) from stdin"
    keys = [
        (place, born_key(born, sounds(name)[0]), pk) for pk, name, born, places in people.iterator() for place in places
    ]
    with editor.connection.cursor() as cursor, cursor.copy(copy) as lines:
        for key in keys:
            lines.write_row(key)
