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
      cast("t"."ordered_at" as timestamp_ntz) as "ordered_at"
    from "crm"."purchases" as "t"
    where cast("t"."ordered_at" as timestamp_ntz) < cast(? as timestamp_ntz)
  ),
  "customer_purchases" as (
    select
      "purchase"."customer_id" as "owner",
      count(*) as "count"
    from "purchase_rows" as "purchase"
    where "purchase"."ordered_at" >= cast(? as timestamp_ntz)
    group by "purchase"."customer_id"
  )
select "customer"."customer_id" as "key"
from "customer_rows" as "customer"
left join "customer_purchases" as "purchases" on "purchases"."owner" = "customer"."customer_id"
where coalesce("purchases"."count", 0) > cast(? as number(38, 0))
  and "customer"."region" = cast(? as varchar)
order by "customer"."customer_id";
-- 1 timestamp "2026-06-30 00:00:00.000000"
-- 2 timestamp "2026-04-01 00:00:00.000000"
-- 3 integer "3"
-- 4 text "EU"
