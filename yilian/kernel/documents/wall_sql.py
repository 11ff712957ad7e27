"""Row policies, grants and the two functions of the owner for the tables of documents."""

POLICIES = """
revoke delete, truncate, update on documents_attachment, documents_issuedpaper from {app};
revoke delete, truncate on documents_paperserial from {app};
grant update (scan_state, removed_at, removed_name, removed_reason) on documents_attachment to {app};
grant update (voided_at, voided_name, void_reason) on documents_issuedpaper to {app};
alter table documents_paperserial enable row level security;
create policy own on documents_paperserial to {app}
  using (institution_id = any((select mine())::int[])) with check (institution_id = any((select mine())::int[]));
"""

NOT_FOR_WATCHERS = """
create policy not_for_watchers on {table} as restrictive to {app}
  using (exists (select 1 from case_file c where c.id = {table}.case_id
                 and (c.patient_id is null
                      or c.parties && array(select i from unnest((select mine())) i where i > 0))));
"""
"""Files of a case about a patient are for those who have a hand in it, now or before (docs/adr/0008)."""

FUNCTIONS = """
create function documents_orphans(sought text[]) returns setof text
  language sql stable security definer set search_path = public, pg_temp as $$
  select k from unnest(sought) k
   where not exists (select 1 from documents_attachment a where a.storage_key = k)
     and not exists (select 1 from documents_issuedpaper p where p.snapshot_key = k)
$$;
create function documents_paper_of(sought text) returns table (
    key text, title text, number text, issuer text, issued_at timestamptz, sha256 text, voided_at timestamptz,
    case_state text, case_since timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select p.key, p.title, p.number, p.issuer, p.issued_at, p.sha256, p.voided_at, c.state, c.since
    from documents_issuedpaper p join case_file c on c.id = p.case_id where p.token = sought
$$;
revoke all on function documents_orphans(text[]), documents_paper_of(text) from public;
grant execute on function documents_orphans(text[]), documents_paper_of(text) to {app};
"""
