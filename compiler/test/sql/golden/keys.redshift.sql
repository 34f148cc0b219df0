with
  "customer_rows" as (
    select cast("t"."customer_id" as varchar(max)) as "customer_id"
    from "crm"."customers" as "t"
    where (cast("t"."signed_up_at" as timestamp) is null or cast("t"."signed_up_at" as timestamp) < cast($1 as timestamp))
      and (cast("t"."deleted_at" as timestamp) is null or cast("t"."deleted_at" as timestamp) >= cast($1 as timestamp))
      and case when cast("t"."is_test" as boolean) then 0 else 1 end = 1
  ),
  "keys" as (
    select
      min("customer"."customer_id") as "key",
      count(*) as "rows"
    from "customer_rows" as "customer"
    group by to_varbyte("customer"."customer_id", 'utf8')
  )
select
  "p"."problem" as "problem",
  "p"."key" as "key",
  "p"."count" as "count"
from (
  select
    'missingKey' as "problem",
    cast($2 as varchar(max)) as "key",
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
      row_number() over (order by to_varbyte("k"."key", 'utf8')) as "place"
    from "keys" as "k"
    where "k"."key" is not null and "k"."rows" > 1
  ) as "d"
  where "d"."place" <= 3
) as "p"
order by "p"."place";
-- 1 timestamp "2026-06-30 00:00:00.000000"
-- 2 text null

with
  "keys" as (
    select
      min(cast("t"."customer_id" as varchar(max))) as "key",
      count(*) as "rows"
    from "churn_scores" as "t"
    group by to_varbyte(cast("t"."customer_id" as varchar(max)), 'utf8')
  )
select
  "p"."problem" as "problem",
  "p"."key" as "key",
  "p"."count" as "count"
from (
  select
    'missingKey' as "problem",
    cast($1 as varchar(max)) as "key",
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
      row_number() over (order by to_varbyte("k"."key", 'utf8')) as "place"
    from "keys" as "k"
    where "k"."key" is not null and "k"."rows" > 1
  ) as "d"
  where "d"."place" <= 3
) as "p"
order by "p"."place";
-- 1 text null
