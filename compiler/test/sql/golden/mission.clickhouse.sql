with
  "customer_rows" as (
    select
      cast("t"."customer_id" as Nullable(String)) as "customer_id",
      cast("t"."region" as Nullable(String)) as "region"
    from "crm"."customers" as "t"
  ),
  "purchase_rows" as (
    select
      cast("t"."customer_id" as Nullable(String)) as "customer_id",
      cast("t"."ordered_at" as Nullable(DateTime64(6, 'UTC'))) as "ordered_at"
    from "crm"."purchases" as "t"
    where cast("t"."ordered_at" as Nullable(DateTime64(6, 'UTC'))) < cast({p1:DateTime64(6, 'UTC')} as Nullable(DateTime64(6, 'UTC')))
  ),
  "customer_purchases" as (
    select
      "purchase"."customer_id" as "owner",
      toInt64(count(*)) as "count"
    from "purchase_rows" as "purchase"
    where "purchase"."ordered_at" >= cast({p2:DateTime64(6, 'UTC')} as Nullable(DateTime64(6, 'UTC')))
    group by "purchase"."customer_id"
  )
select "customer"."customer_id" as "key"
from "customer_rows" as "customer"
left join "customer_purchases" as "purchases" on "purchases"."owner" = "customer"."customer_id"
where coalesce("purchases"."count", 0) > cast({p3:Int64} as Nullable(Int64))
  and "customer"."region" = cast({p4:String} as Nullable(String))
order by "customer"."customer_id"
settings join_use_nulls = 1, prefer_column_name_to_alias = 1, allow_simdjson = 0, allow_suspicious_types_in_order_by = 1;
-- 1 timestamp "2026-06-30T00:00:00.000000Z"
-- 2 timestamp "2026-04-01T00:00:00.000000Z"
-- 3 integer "3"
-- 4 text "EU"
