-- Casts and functions of T-SQL over the types of `emulation.sql`.

create function tsql.n(text) returns tsql.nchars language sql immutable strict as $$ select $1::tsql.nchars $$;
create function tsql.v(text) returns tsql.vchars language sql immutable strict as $$ select $1::tsql.vchars $$;

-- A text that has been given a collation is not given one again.
create function tsql.collated(tsql.nchars) returns tsql.nbin language sql immutable strict as $$ select $1::text::tsql.nbin $$;
create function tsql.collated(tsql.vchars) returns tsql.vbin language sql immutable strict as $$ select $1::text::tsql.vbin $$;

create function tsql.to_nvarchar(tsql.nchars) returns tsql.nchars language sql immutable strict as $$ select $1 $$;
create function tsql.to_nvarchar(tsql.nbin) returns tsql.nbin language sql immutable strict as $$ select $1 $$;
create function tsql.to_nvarchar(tsql.vbin) returns tsql.nbin language sql immutable strict as $$ select $1::text::tsql.nbin $$;
create function tsql.to_nvarchar(bigint) returns tsql.nchars language sql immutable strict as $$ select $1::text::tsql.nchars $$;
create function tsql.to_nvarchar(tsql.dec) returns tsql.nchars language sql immutable strict as $$ select ($1).v::text::tsql.nchars $$;
create function tsql.to_nvarchar(date) returns tsql.nchars language sql immutable strict as $$ select $1::text::tsql.nchars $$;

-- Without a collation of UTF-8 a varchar has the signs of a code page alone.
create function tsql.to_varchar(tsql.nchars) returns tsql.vchars language sql immutable strict as $$ select regexp_replace($1::text, '[^ -~]', '?', 'g')::tsql.vchars $$;
create function tsql.to_varchar(tsql.nbin) returns tsql.vbin language sql immutable strict as $$ select $1::text::tsql.vbin $$;
create function tsql.to_varchar(tsql.vbin) returns tsql.vbin language sql immutable strict as $$ select $1 $$;
create function tsql.to_varchar(tsql.dec) returns tsql.vchars language sql immutable strict as $$ select ($1).v::text::tsql.vchars $$;

create cast (tsql.vbin as tsql.nbin) with function tsql.to_nvarchar(tsql.vbin) as implicit;

create function tsql.joined(tsql.nbin, tsql.nbin) returns tsql.nbin language sql immutable strict as $$ select ($1::text || $2::text)::tsql.nbin $$;
create function tsql.joined(tsql.nbin, tsql.nchars) returns tsql.nbin language sql immutable strict as $$ select ($1::text || $2::text)::tsql.nbin $$;
create function tsql.joined(tsql.vbin, tsql.vchars) returns tsql.vbin language sql immutable strict as $$ select ($1::text || $2::text)::tsql.vbin $$;
create function tsql.joined(tsql.vbin, tsql.nchars) returns tsql.nbin language sql immutable strict as $$ select ($1::text || $2::text)::tsql.nbin $$;
create operator tsql.+ (leftarg = tsql.nbin, rightarg = tsql.nbin, function = tsql.joined);
create operator tsql.+ (leftarg = tsql.nbin, rightarg = tsql.nchars, function = tsql.joined);
create operator tsql.+ (leftarg = tsql.vbin, rightarg = tsql.vchars, function = tsql.joined);
create operator tsql.+ (leftarg = tsql.vbin, rightarg = tsql.nchars, function = tsql.joined);

create function tsql.char_(int) returns tsql.vchars language sql immutable strict as $$ select chr($1)::tsql.vchars $$;
create function tsql.len_(tsql.nbin) returns bigint language sql immutable strict as $$ select length(rtrim($1::text, ' '))::bigint $$;
create function tsql.len_(tsql.vbin) returns bigint language sql immutable strict as $$ select length(rtrim($1::text, ' '))::bigint $$;
-- Bytes of UTF-8 here, of UTF-16 there; none in both where there is no text.
create function tsql.datalength_(tsql.nbin) returns bigint language sql immutable strict as $$ select octet_length($1::text)::bigint $$;
create function tsql.datalength_(tsql.vbin) returns bigint language sql immutable strict as $$ select octet_length($1::text)::bigint $$;
create function tsql.left_(x tsql.nbin, n bigint) returns tsql.nbin language sql immutable strict as $$ select left(x::text, n::int)::tsql.nbin $$;
create function tsql.left_(x tsql.vbin, n bigint) returns tsql.vbin language sql immutable strict as $$ select left(x::text, n::int)::tsql.vbin $$;
create function tsql.right_(x tsql.nbin, n bigint) returns tsql.nbin language sql immutable strict as $$ select case when n > 0 then right(x::text, n::int) else '' end::tsql.nbin $$;
create function tsql.right_(x tsql.vbin, n bigint) returns tsql.vbin language sql immutable strict as $$ select case when n > 0 then right(x::text, n::int) else '' end::tsql.vbin $$;
create function tsql.charindex_(needle tsql.nbin, x tsql.nbin) returns bigint language plpgsql immutable strict as $$
begin
  if length(needle::text) > 4000 then raise exception 'The argument 1 of charindex is longer than 8,000 bytes.'; end if;
  return case when needle::text = '' then 0 else strpos(x::text collate "C", needle::text) end;
end
$$;
create function tsql.translate_(x tsql.nbin, a tsql.nchars, b tsql.nchars) returns tsql.nbin language sql immutable strict as $$ select translate(x::text, a::text, b::text)::tsql.nbin $$;
create function tsql.translate_(x tsql.vbin, a tsql.nchars, b tsql.nchars) returns tsql.vbin language sql immutable strict as $$ select translate(x::text, a::text, b::text)::tsql.vbin $$;
create function tsql.replace_(x tsql.vchars, a tsql.vchars, b tsql.vchars) returns tsql.vchars language sql immutable strict as $$ select replace(x::text, a::text, b::text)::tsql.vchars $$;
create function tsql.hashbytes_(algorithm tsql.vchars, x tsql.vbin) returns bytea language sql immutable strict as $$ select case when algorithm::text = 'SHA2_256' then sha256(convert_to(x::text, 'UTF8')) end $$;
create function tsql.substring_(x bytea, at int, n int) returns bytea language sql immutable strict as $$ select substr(x, at, n) $$;
create function tsql.to_binary(bytea) returns bytea language sql immutable strict as $$ select $1 $$;

-- ---- numbers -----------------------------------------------------------------------------------------------------------

create function tsql.to_bit(tsql.nchars) returns tsql.tbit language plpgsql immutable strict as $$
begin
  if lower($1::text) in ('true', 'false', '0', '1') then
    return (case when lower($1::text) in ('true', '1') then 1 else 0 end)::int2::tsql.tbit;
  end if;
  raise exception 'Conversion failed when converting the nvarchar value to data type bit.' using errcode = '22018';
end
$$;
create function tsql.to_bit(tsql.tbit) returns tsql.tbit language sql immutable strict as $$ select $1 $$;
create function tsql.to_bit(int) returns tsql.tbit language sql immutable strict as $$ select (case when $1 = 0 then 0 else 1 end)::int2::tsql.tbit $$;

create function tsql.to_bigint(bigint) returns bigint language sql immutable strict as $$ select $1 $$;
create function tsql.to_bigint(tsql.dec) returns bigint language sql immutable strict as $$ select trunc(($1).v)::bigint $$;
create function tsql.to_bigint(double precision) returns bigint language sql immutable strict as $$ select trunc($1)::bigint $$;
create function tsql.to_bigint(bytea) returns bigint language sql immutable strict as $$ select ('x' || lpad(encode($1, 'hex'), 16, '0'))::bit(64)::bigint $$;
create function tsql.to_bigint(tsql.nchars) returns bigint language plpgsql immutable strict as $$
begin
  if $1::text !~ '^\s*[-+]?\d+\s*$' then
    raise exception 'Error converting data type nvarchar to bigint.' using errcode = '22018';
  end if;
  return $1::text::bigint;
end
$$;

create function tsql.to_float(bigint) returns double precision language sql immutable strict as $$ select $1::double precision $$;
create function tsql.to_float(double precision) returns double precision language sql immutable strict as $$ select $1 $$;
create function tsql.to_float(tsql.dec) returns double precision language sql immutable strict as $$ select ($1).v::double precision $$;
create function tsql.to_float(tsql.nchars) returns double precision language plpgsql immutable strict as $$
begin
  if $1::text !~ '^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$' then
    raise exception 'Error converting data type nvarchar to float.' using errcode = '22018';
  end if;
  if abs($1::text::numeric) < 4.9e-324::numeric then return 0; end if;
  return $1::text::double precision;
end
$$;
create cast (tsql.dec as double precision) with function tsql.to_float(tsql.dec) as implicit;

create function tsql.try_bigint(tsql.nchars) returns bigint language plpgsql immutable strict as $$ begin return tsql.to_bigint($1); exception when others then return null; end $$;
create function tsql.try_bigint(x double precision) returns bigint language sql immutable strict as $$ select case when x >= -9223372036854775808 and x < 9223372036854775808 then trunc(x)::bigint end $$;
create function tsql.try_float(tsql.nchars) returns double precision language plpgsql immutable strict as $$ begin return tsql.to_float($1); exception when others then return null; end $$;
create function tsql.try_decimal(x tsql.nchars, p int, s int) returns tsql.dec language plpgsql immutable strict as $$ begin return tsql.to_decimal(x, p, s); exception when others then return null; end $$;
create function tsql.try_decimal(x double precision, p int, s int) returns tsql.dec language plpgsql immutable strict as $$ begin return tsql.to_decimal(x, p, s); exception when others then return null; end $$;

-- ---- time --------------------------------------------------------------------------------------------------------------

create function tsql.to_date(date) returns date language sql immutable strict as $$ select $1 $$;
create function tsql.to_date(timestamp) returns date language sql immutable strict as $$ select $1::date $$;
create function tsql.to_date(tsql.nchars) returns date language sql immutable strict as $$ select $1::text::date $$;
create function tsql.to_date(tsql.vchars) returns date language sql immutable strict as $$ select $1::text::date $$;
create function tsql.to_datetime2(timestamp) returns timestamp language sql immutable strict as $$ select $1 $$;
create function tsql.to_datetime2(timestamptz) returns timestamp language sql immutable strict as $$ select $1 at time zone 'UTC' $$;
create function tsql.to_datetime2(tsql.nchars) returns timestamp language sql immutable strict as $$ select $1::text::timestamp $$;
create function tsql.to_datetime2(tsql.vchars) returns timestamp language sql immutable strict as $$ select $1::text::timestamp $$;
create function tsql.to_datetimeoffset(timestamp) returns timestamptz language sql immutable strict as $$ select $1 at time zone 'UTC' $$;
create function tsql.try_date(tsql.nchars) returns date language plpgsql immutable strict as $$ begin return tsql.to_date($1); exception when others then return null; end $$;
create function tsql.try_datetimeoffset(tsql.nchars) returns timestamptz language plpgsql stable strict as $$ begin return $1::text::timestamptz; exception when others then return null; end $$;
create function tsql.switchoffset_(timestamptz, tsql.vchars) returns timestamptz language sql immutable strict as $$ select $1 $$;

create function tsql.inside(x timestamp) returns timestamp language plpgsql immutable strict as $$
begin
  if x < timestamp '0001-01-01' or x >= timestamp '10000-01-01' then
    raise exception 'Adding a value to a datetime2 column caused an overflow.' using errcode = '22008';
  end if;
  return x;
end
$$;
create function tsql.dateadd_(part text, n bigint, x timestamp) returns timestamp language sql immutable strict as $$
  select tsql.inside(x + case part when 'second' then make_interval(secs => n::int) when 'day' then make_interval(days => n::int) when 'month' then make_interval(months => n::int) end)
$$;
create function tsql.dateadd_(part text, n bigint, x date) returns date language sql immutable strict as $$ select tsql.dateadd_(part, n, x::timestamp)::date $$;
create function tsql.datediff_big_(part text, a timestamp, b timestamp) returns bigint language sql immutable strict as $$
  select case part when 'day' then (b::date - a::date)::bigint when 'microsecond' then ((extract(epoch from b) - extract(epoch from a)) * 1000000)::bigint end
$$;
create function tsql.datetrunc_(part text, x date) returns date language sql immutable strict as $$ select date_trunc(case part when 'iso_week' then 'week' else part end, x::timestamp)::date $$;
create function tsql.datefromparts_(y int, m int, d int) returns date language sql immutable strict as $$ select make_date(y, m, d) $$;
create function tsql.year_(timestamp) returns int language sql immutable strict as $$ select extract(year from $1)::int $$;
create function tsql.month_(timestamp) returns int language sql immutable strict as $$ select extract(month from $1)::int $$;
create function tsql.day_(timestamp) returns int language sql immutable strict as $$ select extract(day from $1)::int $$;

-- ---- JSON --------------------------------------------------------------------------------------------------------------

create function tsql.openjson_(x tsql.nchars) returns table (key tsql.nchars, value tsql.nchars, type int) language plpgsql immutable as $$
declare
  parsed json := x::text::json;
begin
  if parsed is null then return; end if;
  if json_typeof(parsed) = 'array' then
    return query select (e.n - 1)::text::tsql.nchars, (e.v #>> '{}')::tsql.nchars, tsql.json_kind(e.v) from json_array_elements(parsed) with ordinality as e(v, n);
  elsif json_typeof(parsed) = 'object' then
    return query select e.k::tsql.nchars, (e.v #>> '{}')::tsql.nchars, tsql.json_kind(e.v) from json_each(parsed) as e(k, v);
  else
    raise exception 'JSON text is not properly formatted. Unexpected character is found at position 0.' using errcode = '22032';
  end if;
end
$$;
create function tsql.json_kind(x json) returns int language sql immutable strict as $$
  select case json_typeof(x) when 'null' then 0 when 'string' then 1 when 'number' then 2 when 'boolean' then 3 when 'array' then 4 else 5 end
$$;
create function tsql.isjson_(x tsql.nchars, kind text) returns int language plpgsql immutable strict as $$
declare
  found text := json_typeof(x::text::json);
begin
  return case when kind = 'value' or found = kind then 1 else 0 end;
exception when others then
  return 0;
end
$$;
create function tsql.openjson_(x tsql.nbin) returns table (key tsql.nchars, value tsql.nchars, type int) language sql immutable as $$
  select * from tsql.openjson_(x::text::tsql.nchars)
$$;

create function tsql.sysutcdatetime_() returns timestamp language sql stable as $$ select now() at time zone 'UTC' $$;
