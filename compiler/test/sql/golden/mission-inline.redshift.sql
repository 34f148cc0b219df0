with
  "customer_rows" as (
    select
      cast("t"."customer_id" as varchar(max)) as "customer_id",
      cast("t"."region" as varchar(max)) as "region"
    from "crm"."customers" as "t"
  ),
  "purchase_rows" as (
    select
      cast("t"."customer_id" as varchar(max)) as "customer_id",
      cast("t"."ordered_at" as timestamp) as "ordered_at"
    from "crm"."purchases" as "t"
    where cast("t"."ordered_at" as timestamp) < cast('2026-06-30 00:00:00.000000' as timestamp)
  ),
  "customer_purchases" as (
    select
      min("purchase"."customer_id") as "owner",
      count(*) as "count"
    from "purchase_rows" as "purchase"
    where "purchase"."ordered_at" >= cast('2026-04-01 00:00:00.000000' as timestamp)
    group by to_varbyte("purchase"."customer_id", 'utf8')
  )
select "customer"."customer_id" as "key"
from "customer_rows" as "customer"
left join "customer_purchases" as "purchases" on to_varbyte("purchases"."owner", 'utf8') = to_varbyte("customer"."customer_id", 'utf8')
where coalesce("purchases"."count", 0) > 3
  and to_varbyte("customer"."region", 'utf8') = to_varbyte('EU', 'utf8')
order by to_varbyte("customer"."customer_id", 'utf8');
