"""Who reads the original of a document that arrived: whoever reads the document; and what the sweeper must leave."""

MINE = "any((select mine())::int[])"

SQL = f"""
alter table records_received enable row level security;
create policy read on records_received for select to {{app}}
  using (exists (select 1 from records_record r where r.id = record_id));
create policy written on records_received for insert to {{app}} with check (institution_id = {MINE}
  and exists (select 1 from records_record r where r.id = record_id and r.institution_id = {MINE}));
revoke update, delete, truncate on records_received from {{app}};

create or replace function records_orphans(sought text[]) returns setof text
  language sql stable security definer set search_path = public, pg_temp as $$
  select k from unnest(sought) k
   where not exists (select 1 from records_recordfile f where f.storage_key = k)
     and not exists (select 1 from records_consent c where c.evidence_key = k)
     and not exists (select 1 from records_received o where o.storage_key = k)
$$;
"""
