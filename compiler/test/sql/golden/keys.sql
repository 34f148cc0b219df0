with
  "customer_rows" as (
    select "t"."customer_id" as "customer_id"
    from "crm"."customers" as "t"
    where (cast("t"."signed_up_at" as timestamp) is null or cast("t"."signed_up_at" as timestamp) < cast($1 as timestamp))
      and (cast("t"."deleted_at" as timestamp) is null or cast("t"."deleted_at" as timestamp) >= cast($1 as timestamp))
      and case when cast("t"."is_test" as boolean) then 0 else 1 end = 1
  ),
  "keys" as (
    select
      "customer"."customer_id" as "key",
      count(*) as "rows"
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
    cast($2 as varchar) as "key",
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
order by "p"."place";
-- 1 timestamp "2026-06-30T00:00:00.000000Z"
-- 2 text null

with
  "keys" as (
    select
      "t"."customer_id" as "key",
      count(*) as "rows"
    from "churn_scores" as "t"
    group by "t"."customer_id"
  )
select
  "p"."problem" as "problem",
  "p"."key" as "key",
  "p"."count" as "count"
from (
  select
    'missingKey' as "problem",
    cast($1 as varchar) as "key",
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
order by "p"."place";
-- 1 text null
