"""A referral on its way holds its patient's problem; a return takes the hold over and gives it back if it fails.

`held_for` is the patient while the referral holds, else null; the constraint `referral_one_open` does the rest. It is
kept by a trigger on the case, because who sends a second referral need not be able to see the first one.
"""

HOLDING = """
create function referral_holds(state text) returns boolean language sql immutable as $$
  select state in ('submitted', 'received', 'awaiting_information', 'accepted', 'time_proposed', 'scheduled',
    'arrived', 'in_treatment', 'interim_reported', 'in_followup', 'outside', 'declined', 'no_show', 'on_hold',
    'cancellation_asked')
$$;

create function referral_hold() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare parent uuid; about text;
begin
  select origin_id, problem into parent, about from referral_referral where case_ptr_id = new.id;
  if referral_holds(new.state) then
    update referral_referral set held_for_id = null
      where case_ptr_id = parent and problem = about and held_for_id is not null;
    update referral_referral set held_for_id = new.patient_id
      where case_ptr_id = new.id
        and not exists (select 1 from referral_referral r
                        where r.origin_id = new.id and r.problem = about and r.held_for_id is not null);
  else
    update referral_referral set held_for_id = null where case_ptr_id = new.id and held_for_id is not null;
    update referral_referral r set held_for_id = c.patient_id
      from case_file c
      where r.case_ptr_id = parent and r.problem = about and r.held_for_id is null
        and c.id = parent and referral_holds(c.state);
  end if;
  return null;
end $$;

create trigger referral_hold after update of state on case_file for each row
  when (new.kind = 'referral' and referral_holds(old.state) <> referral_holds(new.state))
  execute function referral_hold();

create function referral_hold_guard() returns trigger language plpgsql as $$
begin
  if not pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'usage') then
    raise insufficient_privilege using message = 'the hold on a problem follows from the state of the referral';
  end if;
  return new;
end $$;
create trigger referral_hold_guard before update of held_for_id on referral_referral for each row
  when (old.held_for_id is distinct from new.held_for_id) execute function referral_hold_guard();
"""
