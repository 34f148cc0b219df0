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
    where cast("t"."ordered_at" as timestamp) < cast('2026-06-30 00:00:00.000000' as timestamp)
  ),
  "customer_purchases" as (
    select
      "purchase"."customer_id" as "owner",
      count(*) as "count"
    from "purchase_rows" as "purchase"
    where "purchase"."ordered_at" >= cast('2026-04-01 00:00:00.000000' as timestamp)
    group by "purchase"."customer_id"
  )
select "customer"."customer_id" as "key"
from "customer_rows" as "customer"
left join "customer_purchases" as "purchases" on "purchases"."owner" = "customer"."customer_id"
where coalesce("purchases"."count", 0) > 3
  and "customer"."region" = 'EU'
order by "customer"."customer_id";
