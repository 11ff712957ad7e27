"""A case about a patient: only who knows the patient may name it, and who takes part comes to know it."""

CASE_PATIENT = """
create function case_patient() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform patient_demand(new.patient_id);
  if tg_op = 'UPDATE' then
    perform patient_spread(new.patient_id, array_agg(distinct institution_id))
      from participation where case_id = new.id having count(*) > 0;
  end if;
  return null;
end $$;

create function part_patient() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform patient_spread(x.patient_id, x.reached)
    from (select c.patient_id, array_agg(distinct n.institution_id) reached
            from changed n join case_file c on c.id = n.case_id where c.patient_id is not null group by 1) x;
  return null;
end $$;

create trigger case_patient_i after insert on case_file for each row
  when (new.patient_id is not null) execute function case_patient();
create trigger case_patient_u after update of patient_id on case_file for each row
  when (new.patient_id is not null and new.patient_id is distinct from old.patient_id)
  execute function case_patient();
create trigger part_patient after insert on participation referencing new table as changed
  for each statement execute function part_patient();
"""

UNDO = """
drop trigger part_patient on participation;
drop trigger case_patient_i on case_file;
drop trigger case_patient_u on case_file;
drop function part_patient, case_patient;
"""
