with
  "customer_rows" as (
    select cast("t"."customer_id" as Nullable(String)) as "customer_id"
    from "crm"."customers" as "t"
    where (cast("t"."signed_up_at" as Nullable(DateTime64(6, 'UTC'))) is null or cast("t"."signed_up_at" as Nullable(DateTime64(6, 'UTC'))) < cast({p1:DateTime64(6, 'UTC')} as Nullable(DateTime64(6, 'UTC'))))
      and (cast("t"."deleted_at" as Nullable(DateTime64(6, 'UTC'))) is null or cast("t"."deleted_at" as Nullable(DateTime64(6, 'UTC'))) >= cast({p1:DateTime64(6, 'UTC')} as Nullable(DateTime64(6, 'UTC'))))
      and case when cast("t"."is_test" as Nullable(Bool)) then 0 else 1 end = 1
  ),
  "keys" as (
    select
      "customer"."customer_id" as "key",
      toInt64(count(*)) as "rows"
    from "customer_rows" as "customer"
    group by "customer"."customer_id"
  )
select
  "p"."problem" as "problem",
  "p"."key" as "key",
  "p"."count" as "count"
from (
  select
    'missingKey' as "problem",
    cast({p2:Nullable(String)} as Nullable(String)) as "key",
    "k"."rows" as "count",
    0 as "place"
  from "keys" as "k"
  where "k"."key" is null
  union all
  select
    'duplicateKey' as "problem",
    "d"."key" as "key",
    "d"."count" as "count",
    "d"."place" as "place"
  from (
    select
      "k"."key" as "key",
      count(*) over () as "count",
      row_number() over (order by "k"."key") as "place"
    from "keys" as "k"
    where "k"."key" is not null and "k"."rows" > 1
  ) as "d"
  where "d"."place" <= 3
) as "p"
order by "p"."place"
settings join_use_nulls = 1, prefer_column_name_to_alias = 1, allow_simdjson = 0, allow_suspicious_types_in_order_by = 1;
-- 1 timestamp "2026-06-30T00:00:00.000000Z"
-- 2 text null

with
  "keys" as (
    select
      cast("t"."customer_id" as Nullable(String)) as "key",
      toInt64(count(*)) as "rows"
    from "churn_scores" as "t"
    group by cast("t"."customer_id" as Nullable(String))
  )
select
  "p"."problem" as "problem",
  "p"."key" as "key",
  "p"."count" as "count"
from (
  select
    'missingKey' as "problem",
    cast({p1:Nullable(String)} as Nullable(String)) as "key",
    "k"."rows" as "count",
    0 as "place"
  from "keys" as "k"
  where "k"."key" is null
  union all
  select
    'duplicateKey' as "problem",
    "d"."key" as "key",
    "d"."count" as "count",
    "d"."place" as "place"
  from (
    select
      "k"."key" as "key",
      count(*) over () as "count",
      row_number() over (order by "k"."key") as "place"
    from "keys" as "k"
    where "k"."key" is not null and "k"."rows" > 1
  ) as "d"
  where "d"."place" <= 3
) as "p"
order by "p"."place"
settings join_use_nulls = 1, prefer_column_name_to_alias = 1, allow_simdjson = 0, allow_suspicious_types_in_order_by = 1;
-- 1 text null
