"""The triggers that tell of a changed case at commit: key, version and the institutions that see it, nothing else.

They are deferred, so that they read the parties as the transaction leaves them, and they run once for a case: a
transaction that opens, sends and tells sends one notification. Loaders run as the owner and tell nobody.
"""

CHANNEL = "yilian_changes"
TELLING = f"""
create function streams_tell() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
declare told text; seers text; seen int;
begin
  if new.case_id is not null then
    if coalesce(current_setting('app.told', true), '') = new.case_id::text then
      return null;
    end if;
    select array_to_string(parties, ','), version into seers, seen from case_file where id = new.case_id;
    perform set_config('app.told', new.case_id::text, true);
    told := new.case_id || ' ' || seen || ' ' || seers;
  else
    told := '- 0 ' || (to_jsonb(new) ->> 'institution_id');
  end if;
  perform pg_notify('{CHANNEL}', told);
  return null;
end $$;
create constraint trigger streams_tell after insert on happening deferrable initially deferred
  for each row when (current_user = '{{app}}') execute function streams_tell();
create constraint trigger streams_tell after insert on workflow_casemessage deferrable initially deferred
  for each row when (current_user = '{{app}}') execute function streams_tell();
create constraint trigger streams_tell after insert on notices_notice deferrable initially deferred
  for each row when (current_user = '{{app}}') execute function streams_tell();
"""
