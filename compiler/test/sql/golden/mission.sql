with
  "customer_rows" as (
    select
      "t"."customer_id" as "customer_id",
      "t"."region" as "region"
    from "crm"."customers" as "t"
  ),
  "purchase_rows" as (
    select
      "t"."customer_id" as "customer_id",
      cast("t"."ordered_at" as timestamp) as "ordered_at"
    from "crm"."purchases" as "t"
    where cast("t"."ordered_at" as timestamp) < cast($1 as timestamp)
  ),
  "customer_purchases" as (
    select
      "purchase"."customer_id" as "owner",
      count(*) as "count"
    from "purchase_rows" as "purchase"
    where "purchase"."ordered_at" >= cast($2 as timestamp)
    group by "purchase"."customer_id"
  )
select "customer"."customer_id" as "key"
from "customer_rows" as "customer"
left join "customer_purchases" as "purchases" on "purchases"."owner" = "customer"."customer_id"
where coalesce("purchases"."count", 0) > cast($3 as bigint)
  and "customer"."region" = cast($4 as varchar)
order by "customer"."customer_id";
-- 1 timestamp "2026-06-30T00:00:00.000000Z"
-- 2 timestamp "2026-04-01T00:00:00.000000Z"
-- 3 integer "3"
-- 4 text "EU"
