/** Each as https://docs.aws.amazon.com/redshift/latest/dg/ describes it. A scalar of `super` is null to a cast that it does not fit. */
export const SHIMS = `
create schema redshift;
set search_path = redshift, pg_catalog;
create type super as (v jsonb);

create function text_eq(a text, b text) returns boolean language internal immutable strict as 'bpchareq';
create function text_ne(a text, b text) returns boolean language internal immutable strict as 'bpcharne';
create function text_lt(a text, b text) returns boolean language internal immutable strict as 'bpcharlt';
create function text_le(a text, b text) returns boolean language internal immutable strict as 'bpcharle';
create function text_gt(a text, b text) returns boolean language internal immutable strict as 'bpchargt';
create function text_ge(a text, b text) returns boolean language internal immutable strict as 'bpcharge';
-- PostgreSQL's own comparisons of texts that are padded with blanks.
create operator = (leftarg = text, rightarg = text, function = text_eq);
create operator <> (leftarg = text, rightarg = text, function = text_ne);
create operator < (leftarg = text, rightarg = text, function = text_lt);
create operator <= (leftarg = text, rightarg = text, function = text_le);
create operator > (leftarg = text, rightarg = text, function = text_gt);
create operator >= (leftarg = text, rightarg = text, function = text_ge);

create function getdate() returns timestamp language sql stable return now() at time zone 'UTC';
create function len(x text) returns integer language internal immutable strict as 'textlen';
create function to_varbyte(x text, form name) returns bytea language internal immutable strict as 'pg_convert_to';
create function from_varbyte(x bytea, form name) returns text language internal immutable strict as 'pg_convert_from';
create function sha2(x text, bits integer) returns text language sql immutable strict return encode(sha256(convert_to(x, 'utf8')), 'hex');
create function strtol(x text, base integer) returns bigint language plpgsql immutable strict as $$ begin
  return cast(cast('x' || lpad(x, 8, '0') as bit(32)) as bigint);
end $$;
create function dateadd(part text, n bigint, t timestamp) returns timestamp language sql immutable strict return
  t + cast(n || ' ' || part as interval);
create function dateadd(part text, n bigint, d date) returns timestamp language sql immutable strict return
  d + cast(n || ' ' || part as interval);
create function datediff(part text, a timestamp, b timestamp) returns bigint language sql immutable strict return
  case part when 'microsecond' then cast((extract(epoch from b) - extract(epoch from a)) * 1000000 as bigint) end;
create function datediff(part text, a date, b date) returns bigint language sql immutable strict return
  case part when 'day' then b - a end;

create function super_to_text(x super) returns text language sql immutable return
  case when jsonb_typeof((x).v) not in ('object', 'array') then (x).v #>> '{}' end;
create function super_to_double(x super) returns double precision language plpgsql immutable as $$ begin
  return cast((x).v #>> '{}' as double precision); exception when others then return null; end $$;
create function super_to_bigint(x super) returns bigint language plpgsql immutable as $$ begin
  return cast(cast((x).v #>> '{}' as numeric) as bigint); exception when others then return null; end $$;
create function super_to_boolean(x super) returns boolean language plpgsql immutable as $$ begin
  return cast((x).v #>> '{}' as boolean); exception when others then return null; end $$;
create function text_to_super(x text) returns super language sql immutable strict return cast(row(to_jsonb(x)) as super);
create cast (super as text) with function super_to_text(super);
create cast (super as double precision) with function super_to_double(super);
create cast (super as bigint) with function super_to_bigint(super);
create cast (super as boolean) with function super_to_boolean(super);
create cast (text as super) with function text_to_super(text);
create function super_eq(x super, n bigint) returns boolean language sql immutable strict return (x).v = to_jsonb(n);
create operator = (leftarg = super, rightarg = bigint, function = super_eq);

create function super_at(x super, name text) returns super language sql immutable return cast(row((x).v -> name) as super);
create function super_items(x super) returns setof super language sql immutable as
  'select cast(row(e) as super) from jsonb_array_elements((x).v) as e';
create function json_parse(x text) returns super language sql immutable strict return cast(row(cast(x as jsonb)) as super);
create function json_typeof(x super) returns text language sql immutable return jsonb_typeof((x).v);
create function compact(x jsonb) returns text language plpgsql immutable as $$ begin
  if x is null or jsonb_typeof(x) <> 'array' then return cast(x as text); end if;
  return '[' || coalesce((select string_agg(compact(e), ',' order by n) from jsonb_array_elements(x) with ordinality as i(e, n)), '') || ']';
end $$;
create function super_serialize(x super) returns text language sql immutable return coalesce(compact((x).v), 'null');
create function array_contains(x super, wanted anyelement, nulls boolean) returns boolean language sql immutable as
  'select case when jsonb_typeof((x).v) = ''array'' then exists (select 1 from jsonb_array_elements((x).v) as e where e = to_jsonb(wanted)) end';
set search_path = public, redshift, pg_catalog;
`;
