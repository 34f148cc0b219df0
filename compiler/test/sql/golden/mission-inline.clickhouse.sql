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
    where cast("t"."ordered_at" as Nullable(DateTime64(6, 'UTC'))) < cast(toDateTime64('2026-06-30 00:00:00.000000', 6, 'UTC') as Nullable(DateTime64(6, 'UTC')))
  ),
  "customer_purchases" as (
    select
      "purchase"."customer_id" as "owner",
      toInt64(count(*)) as "count"
    from "purchase_rows" as "purchase"
    where "purchase"."ordered_at" >= cast(toDateTime64('2026-04-01 00:00:00.000000', 6, 'UTC') as Nullable(DateTime64(6, 'UTC')))
    group by "purchase"."customer_id"
  )
select "customer"."customer_id" as "key"
from "customer_rows" as "customer"
left join "customer_purchases" as "purchases" on "purchases"."owner" = "customer"."customer_id"
where coalesce("purchases"."count", 0) > 3
  and "customer"."region" = 'EU'
order by "customer"."customer_id"
settings join_use_nulls = 1, prefer_column_name_to_alias = 1, allow_simdjson = 0, allow_suspicious_types_in_order_by = 1;
