"""The views of referrals for counting. What was entered in error or never sent is no referral to count."""

VIEWS = """
create view fact_referral with (security_invoker) as
  select r.sender_id as sender, r.receiver_id as receiver, month_of(local_time(r.sent_at)) as month,
         c.id::text as row_key, c.consortium_id as consortium, least(age(r.xmin), age(c.xmin)) as row_age,
         nullif(r.direction, '')::text as direction, c.state::text as state, c.open as is_open,
         c.priority::int as urgency, r.is_emergency, nullif(r.emergency_kind, '')::text as emergency_kind,
         r.destination::text as destination, c.consortium_id is not null as is_inside_consortium,
         r.origin_id is not null as is_return, identity_of(c.patient_id) as patient,
         (select s.code::text from registry_department d join registry_code s on s.id = d.subject_id
           where d.id = r.receiver_department_id) as subject,
         nullif(r.diagnosis, '')::text as diagnosis,
         coalesce(nullif(r.up_reason, ''), nullif(r.down_reason, ''))::text as reason,
         nullif(r.transport, '')::text as transport, nullif(r.encounter_class, '')::text as encounter_class,
         nullif(r.outcome, '')::text as outcome, cardinality(r.refused_by) as refusals,
         local_time(r.sent_at) as sent_at, local_time(r.answer_due_at) as answer_due_at,
         local_time(r.received_at) as received_at, local_time(r.answered_at) as answered_at,
         local_time(r.accepted_at) as accepted_at, local_time(r.appointment_start) as appointment_start,
         local_time(r.appointment_end) as appointment_end, local_time(r.arrived_at) as arrived_at,
         local_time(r.feedback_at) as feedback_at, local_time(r.consent_due_at) as consent_due_at,
         local_time(r.consent_signed_at) as consent_signed_at, local_time(r.consent_refused_at) as consent_refused_at
    from referral_referral r join case_file c on c.id = r.case_ptr_id
   where r.sent_at is not null and c.state <> 'entered_in_error';

create view fact_refusal with (security_invoker) as
  select refuser, r.sender_id as sender, month_of(local_time(r.sent_at)) as month,
         c.id::text || ':' || refuser as row_key, c.consortium_id as consortium,
         least(age(r.xmin), age(c.xmin)) as row_age, nullif(r.direction, '')::text as direction, r.is_emergency,
         c.priority::int as urgency, identity_of(c.id) as "case"
    from referral_referral r join case_file c on c.id = r.case_ptr_id
   cross join lateral unnest(r.refused_by) as refuser
   where r.sent_at is not null and c.state <> 'entered_in_error';

create view fact_followup with (security_invoker) as
  select f.performer_id as performer, month_of(f.due_on::timestamp) as month, c.id::text as row_key,
         c.consortium_id as consortium, least(age(f.xmin), age(c.xmin)) as row_age, c.state::text as state,
         f.due_on, f.done_on, nullif(f.way, '')::text as way, nullif(f.control, '')::text as control,
         identity_of(c.patient_id) as patient
    from referral_followup f join case_file c on c.id = f.case_ptr_id where f.due_on is not null;

create view fact_green_channel with (security_invoker) as
  select r.sender_id as sender, r.receiver_id as receiver, month_of(local_time(r.sent_at)) as month,
         c.id::text as row_key, c.consortium_id as consortium,
         least(age(r.xmin), age(c.xmin), p.row_age) as row_age, nullif(r.emergency_kind, '')::text as kind,
         nullif(r.outcome, '')::text as outcome, identity_of(c.patient_id) as patient,
         p.onset_at, p.call_at, p.dispatch_at, p.scene_at, p.fmc_at, p.ecg_at, p.ecg_read_at, p.ecg_sent_at,
         p.leave_at, p.door_at, p.ct_at, p.needle_at, p.cath_lab_at, p.puncture_at, p.wire_at, p.theatre_at, p.rosc_at
    from referral_referral r join case_file c on c.id = r.case_ptr_id
    left join (select t.case_id, min(age(t.xmin)) as row_age, {points}
                 from referral_timepoint t group by t.case_id) p on p.case_id = c.id
   where r.is_emergency and r.sent_at is not null and c.state <> 'entered_in_error';
grant select on fact_referral, fact_refusal, fact_followup, fact_green_channel to {app};
""".replace(
    "{points}",
    ", ".join(
        f"local_time(min(t.at) filter (where t.point = '{key}')) as {key}_at"
        for key in (
            "onset", "call", "dispatch", "scene", "fmc", "ecg", "ecg_read", "ecg_sent", "leave", "door", "ct",
            "needle", "cath_lab", "puncture", "wire", "theatre", "rosc",
        )
    ),
)  # fmt: skip
