-- What is used of T-SQL, for PostgreSQL: types that compare, compute and refuse as those of SQL Server do by its documentation.
create schema tsql;

-- Texts: nvarchar and varchar of a collation that tells no case apart (nchars, vchars), and of Latin1_General_100_BIN2_UTF8 (nbin, vbin).
-- Comparisons put blanks behind the shorter text, in every collation.
do $make$
declare
  kind text;
begin
  foreach kind in array array['nchars', 'vchars', 'nbin', 'vbin'] loop
    execute format($sql$
      create type tsql.%1$s;
      create function tsql.%1$s_in(cstring) returns tsql.%1$s as 'textin' language internal immutable strict;
      create function tsql.%1$s_out(tsql.%1$s) returns cstring as 'textout' language internal immutable strict;
      create type tsql.%1$s (input = tsql.%1$s_in, output = tsql.%1$s_out, like = text, category = 'S');
      create cast (text as tsql.%1$s) without function;
      create cast (tsql.%1$s as text) without function;
      create function tsql.compare(a tsql.%1$s, b tsql.%1$s) returns int language plpgsql immutable strict as $body$
        declare
          x text := %2$s;
          y text := %3$s;
          width int := greatest(length(x), length(y));
        begin
          if x = y then return 0; end if;
          x := rpad(x, width);
          y := rpad(y, width);
          return case when x collate "C" < y collate "C" then -1 when x collate "C" > y collate "C" then 1 else 0 end;
        end
      $body$;
    $sql$, kind,
      case when kind like '%chars' then 'lower(a::text)' else 'a::text' end,
      case when kind like '%chars' then 'lower(b::text)' else 'b::text' end);
  end loop;
end
$make$;

-- Equality alone without a call for each pair.
create function tsql.same(a tsql.nchars, b tsql.nchars) returns boolean language sql immutable strict as $$ select lower(rtrim(a::text, ' ')) = lower(rtrim(b::text, ' ')) $$;
create function tsql.same(a tsql.vchars, b tsql.vchars) returns boolean language sql immutable strict as $$ select lower(rtrim(a::text, ' ')) = lower(rtrim(b::text, ' ')) $$;
create function tsql.same(a tsql.nbin, b tsql.nbin) returns boolean language sql immutable strict as $$ select rtrim(a::text, ' ') = rtrim(b::text, ' ') $$;
create function tsql.same(a tsql.vbin, b tsql.vbin) returns boolean language sql immutable strict as $$ select rtrim(a::text, ' ') = rtrim(b::text, ' ') $$;

create type tsql.tbit;
create function tsql.tbit_in(cstring) returns tsql.tbit as 'int2in' language internal immutable strict;
create function tsql.tbit_out(tsql.tbit) returns cstring as 'int2out' language internal immutable strict;
create type tsql.tbit (input = tsql.tbit_in, output = tsql.tbit_out, like = int2);
create cast (int2 as tsql.tbit) without function;
create cast (tsql.tbit as int2) without function;
create function tsql.same(a tsql.tbit, b tsql.tbit) returns boolean language sql immutable strict as $$ select a::int2 = b::int2 $$;
create function tsql.compare(a tsql.tbit, b tsql.tbit) returns int language sql immutable strict as
  $$ select sign(a::int2 - b::int2)::int $$;

-- A decimal knows its precision; its scale is that of the number.
create type tsql.dec as (v numeric, p int);
create function tsql.same(a tsql.dec, b tsql.dec) returns boolean language sql immutable strict as $$ select (a).v = (b).v $$;
create function tsql.compare(a tsql.dec, b tsql.dec) returns int language sql immutable strict as
  $$ select sign((a).v - (b).v)::int $$;

do $make$
declare
  kind text;
  op record;
begin
  foreach kind in array array['nchars', 'vchars', 'nbin', 'vbin', 'tbit', 'dec'] loop
    for op in
      select * from (values ('<', 'lt', '>', '>='), ('<=', 'le', '>=', '>'), ('=', 'eq', '=', '<>'), ('<>', 'ne', '<>', '='), ('>=', 'ge', '<=', '<'), ('>', 'gt', '<', '<=')) as o(sign, name, other, opposite)
    loop
      execute format($sql$
        create function tsql.%2$s(tsql.%1$s, tsql.%1$s) returns boolean language sql immutable strict as $body$ select %7$s $body$;
        create operator tsql.%3$s (leftarg = tsql.%1$s, rightarg = tsql.%1$s, function = tsql.%2$s, commutator = operator(tsql.%4$s), negator = operator(tsql.%5$s) %6$s);
      $sql$, kind, op.name, op.sign, op.other, op.opposite, case when op.sign = '=' then ', merges' else '' end,
        case when op.sign = '=' then 'tsql.same($1, $2)' else format('tsql.compare($1, $2) %s 0', op.sign) end);
    end loop;
    execute format($sql$
      create operator class tsql.%1$s_ops default for type tsql.%1$s using btree as
        operator 1 tsql.<, operator 2 tsql.<=, operator 3 tsql.=, operator 4 tsql.>=, operator 5 tsql.>, function 1 tsql.compare(tsql.%1$s, tsql.%1$s);
    $sql$, kind);
    -- There is no least or greatest bit.
    if kind <> 'tbit' then
      execute format($sql$
        create function tsql.smaller(a tsql.%1$s, b tsql.%1$s) returns tsql.%1$s language sql immutable strict as $body$ select case when tsql.compare(a, b) <= 0 then a else b end $body$;
        create function tsql.greater(a tsql.%1$s, b tsql.%1$s) returns tsql.%1$s language sql immutable strict as $body$ select case when tsql.compare(a, b) >= 0 then a else b end $body$;
        create aggregate tsql.min(tsql.%1$s) (sfunc = tsql.smaller, stype = tsql.%1$s);
        create aggregate tsql.max(tsql.%1$s) (sfunc = tsql.greater, stype = tsql.%1$s);
      $sql$, kind);
    end if;
  end loop;
end
$make$;

-- bit = 1
create function tsql.eq(tsql.tbit, int) returns boolean language sql immutable strict as $$ select $1::int2 = $2 $$;
create operator tsql.= (leftarg = tsql.tbit, rightarg = int, function = tsql.eq);

create function tsql.overflows(what text) returns numeric language plpgsql immutable as $$
begin
  raise exception 'Arithmetic overflow error converting to data type %.', what using errcode = '22003';
end
$$;

-- ---- decimals ----------------------------------------------------------------------------------------------------------

create function tsql.to_decimal(x numeric, p int, s int) returns tsql.dec language sql immutable strict as $$
  select row(case when abs(round(x, s)) < power(10::numeric, p - s) then round(x, s) else tsql.overflows(format('decimal(%s,%s)', p, s)) end, p)::tsql.dec
$$;
create function tsql.to_decimal(x tsql.dec, p int, s int) returns tsql.dec language sql immutable strict as $$ select tsql.to_decimal((x).v, p, s) $$;
create function tsql.to_decimal(x bigint, p int, s int) returns tsql.dec language sql immutable strict as $$ select tsql.to_decimal(x::numeric, p, s) $$;
create function tsql.to_decimal(x double precision, p int, s int) returns tsql.dec language sql immutable strict as $$ select tsql.to_decimal(x::numeric, p, s) $$;
create function tsql.to_decimal(x tsql.nchars, p int, s int) returns tsql.dec language plpgsql immutable strict as $$
begin
  if x::text !~ '^\s*[-+]?(\d+\.?\d*|\.\d+)\s*$' then
    raise exception 'Error converting data type nvarchar to numeric.' using errcode = '22018';
  end if;
  return tsql.to_decimal(x::text::numeric, p, s);
end
$$;
create function tsql.to_decimal(x tsql.vchars, p int, s int) returns tsql.dec language sql immutable strict as $$ select tsql.to_decimal(x::text::tsql.nchars, p, s) $$;

-- A literal has as many digits as are written.
create function tsql.literal(digits text) returns tsql.dec language sql immutable strict as $$
  select row(digits::numeric, greatest(length(regexp_replace(ltrim(digits, '0'), '\.', '')), scale(digits::numeric), 1))::tsql.dec
$$;
create function tsql.whole(x bigint) returns tsql.dec language sql immutable strict as $$ select row(x::numeric, 19)::tsql.dec $$;

create function tsql.sized(x numeric, p int, s int) returns tsql.dec language sql immutable strict as $$ select tsql.to_decimal(x, p, s) $$;

-- "Precision, scale, and length": what does not fit 38 digits loses digits behind the point, so that those before it keep their places.
create function tsql.sum_of(a tsql.dec, b tsql.dec, x numeric) returns tsql.dec language plpgsql immutable strict as $$
declare
  s int := greatest(scale((a).v), scale((b).v));
  whole int := greatest((a).p - scale((a).v), (b).p - scale((b).v));
  p int := s + whole + 1;
begin
  if p > 38 then s := least(s, 38 - whole); end if;
  return tsql.sized(x, least(p, 38), s);
end
$$;
create function tsql.product_of(p int, s int, x numeric) returns tsql.dec language plpgsql immutable strict as $$
declare
  whole int := p - s;
  kept int := s;
begin
  if p > 38 then
    if whole < 32 then kept := least(s, 38 - whole);
    elsif s > 6 then kept := 6;
    end if;
  end if;
  return tsql.sized(x, least(p, 38), kept);
end
$$;
create function tsql.plus(a tsql.dec, b tsql.dec) returns tsql.dec language sql immutable strict as $$ select tsql.sum_of(a, b, (a).v + (b).v) $$;
create function tsql.minus(a tsql.dec, b tsql.dec) returns tsql.dec language sql immutable strict as $$ select tsql.sum_of(a, b, (a).v - (b).v) $$;
create function tsql.times(a tsql.dec, b tsql.dec) returns tsql.dec language sql immutable strict as $$
  select tsql.product_of((a).p + (b).p + 1, scale((a).v) + scale((b).v), (a).v * (b).v)
$$;
create function tsql.over(a tsql.dec, b tsql.dec) returns tsql.dec language sql immutable strict as $$
  select tsql.product_of((a).p - scale((a).v) + scale((b).v) + greatest(6, scale((a).v) + (b).p + 1), greatest(6, scale((a).v) + (b).p + 1), (a).v * 1.00000000000000000000000000000000000000000000000000 / (b).v)
$$;
create function tsql.rest(a tsql.dec, b tsql.dec) returns tsql.dec language sql immutable strict as $$
  select tsql.sized((a).v % (b).v, least((a).p - scale((a).v), (b).p - scale((b).v)) + greatest(scale((a).v), scale((b).v)), greatest(scale((a).v), scale((b).v)))
$$;
create function tsql.negative(a tsql.dec) returns tsql.dec language sql immutable strict as $$ select row(-(a).v, (a).p)::tsql.dec $$;
create function tsql.abs(a tsql.dec) returns tsql.dec language sql immutable strict as $$ select row(abs((a).v), (a).p)::tsql.dec $$;
create function tsql.floor(a tsql.dec) returns tsql.dec language sql immutable strict as $$ select row(floor((a).v), (a).p)::tsql.dec $$;
create function tsql.ceiling(a tsql.dec) returns tsql.dec language sql immutable strict as $$ select row(ceiling((a).v), (a).p)::tsql.dec $$;
create operator tsql.- (rightarg = tsql.dec, function = tsql.negative);

do $make$
declare
  op record;
begin
  for op in select * from (values ('+', 'plus'), ('-', 'minus'), ('*', 'times'), ('/', 'over'), ('%', 'rest')) as o(sign, name) loop
    execute format($sql$
      create operator tsql.%1$s (leftarg = tsql.dec, rightarg = tsql.dec, function = tsql.%2$s);
      create function tsql.%2$s(tsql.dec, bigint) returns tsql.dec language sql immutable strict as $body$ select tsql.%2$s($1, tsql.whole($2)) $body$;
      create function tsql.%2$s(bigint, tsql.dec) returns tsql.dec language sql immutable strict as $body$ select tsql.%2$s(tsql.whole($1), $2) $body$;
      create operator tsql.%1$s (leftarg = tsql.dec, rightarg = bigint, function = tsql.%2$s);
      create operator tsql.%1$s (leftarg = bigint, rightarg = tsql.dec, function = tsql.%2$s);
    $sql$, op.sign, op.name);
  end loop;
  -- An int has ten digits.
  execute $sql$
    create function tsql.rest(tsql.dec, int) returns tsql.dec language sql immutable strict as $body$ select tsql.rest($1, row($2::numeric, 10)::tsql.dec) $body$;
    create operator tsql.% (leftarg = tsql.dec, rightarg = int, function = tsql.rest);
    create function tsql.over(tsql.dec, int) returns tsql.dec language sql immutable strict as $body$ select tsql.over($1, row($2::numeric, 10)::tsql.dec) $body$;
    create operator tsql./ (leftarg = tsql.dec, rightarg = int, function = tsql.over);
    create function tsql.times(tsql.dec, int) returns tsql.dec language sql immutable strict as $body$ select tsql.times($1, row($2::numeric, 10)::tsql.dec) $body$;
    create operator tsql.* (leftarg = tsql.dec, rightarg = int, function = tsql.times);
  $sql$;
  for op in select * from (values ('<', 'lt'), ('<=', 'le'), ('=', 'eq'), ('<>', 'ne'), ('>=', 'ge'), ('>', 'gt')) as o(sign, name) loop
    execute format($sql$
      create function tsql.%2$s(tsql.dec, bigint) returns boolean language sql immutable strict as $body$ select ($1).v %1$s $2 $body$;
      create function tsql.%2$s(bigint, tsql.dec) returns boolean language sql immutable strict as $body$ select $1 %1$s ($2).v $body$;
      create operator tsql.%1$s (leftarg = tsql.dec, rightarg = bigint, function = tsql.%2$s);
      create operator tsql.%1$s (leftarg = bigint, rightarg = tsql.dec, function = tsql.%2$s);
    $sql$, op.sign, op.name);
  end loop;
end
$make$;

create function tsql.added(total tsql.dec, x tsql.dec) returns tsql.dec language sql immutable strict as $$
  select tsql.sized((total).v + (x).v, 38, scale((x).v))
$$;
create aggregate tsql.sum(tsql.dec) (sfunc = tsql.added, stype = tsql.dec);

create function tsql.coalesce_(anyelement, anyelement) returns anyelement language sql immutable as $$ select coalesce($1, $2) $$;
create function tsql.coalesce_(tsql.dec, int) returns tsql.dec language sql immutable as $$ select coalesce($1, row($2::numeric, 10)::tsql.dec) $$;
create function tsql.coalesce_(bigint, int) returns bigint language sql immutable as $$ select coalesce($1, $2) $$;
create function tsql.coalesce_(double precision, int) returns double precision language sql immutable as $$ select coalesce($1, $2) $$;
create function tsql.coalesce_(date, date) returns date language sql immutable as $$ select coalesce($1, $2) $$;
create function tsql.coalesce_(timestamp, timestamp) returns timestamp language sql immutable as $$ select coalesce($1, $2) $$;
create function tsql.coalesce_(date, timestamp) returns timestamp language sql immutable as $$ select coalesce($1, $2) $$;
create function tsql.coalesce_(timestamp, date) returns timestamp language sql immutable as $$ select coalesce($1, $2) $$;
create function tsql.coalesce_(tsql.nbin, tsql.vbin) returns tsql.nbin language sql immutable as $$ select coalesce($1::text, $2::text)::tsql.nbin $$;
create function tsql.coalesce_(tsql.vbin, tsql.nbin) returns tsql.nbin language sql immutable as $$ select coalesce($1::text, $2::text)::tsql.nbin $$;
create function tsql.coalesce_(tsql.nbin, tsql.nchars) returns tsql.nbin language sql immutable as $$ select coalesce($1::text, $2::text)::tsql.nbin $$;
