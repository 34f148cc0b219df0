with
  "customer_rows" as (
    select
      cast("t"."customer_id" as Nullable(String)) as "customer_id",
      cast("t"."credit" as Nullable(Decimal(38, 2))) as "credit"
    from "crm"."customers" as "t"
    where (cast("t"."signed_up_at" as Nullable(DateTime64(6, 'UTC'))) is null or cast("t"."signed_up_at" as Nullable(DateTime64(6, 'UTC'))) < cast({p1:DateTime64(6, 'UTC')} as Nullable(DateTime64(6, 'UTC'))))
      and (cast("t"."deleted_at" as Nullable(DateTime64(6, 'UTC'))) is null or cast("t"."deleted_at" as Nullable(DateTime64(6, 'UTC'))) >= cast({p1:DateTime64(6, 'UTC')} as Nullable(DateTime64(6, 'UTC'))))
      and case when cast("t"."is_test" as Nullable(Bool)) then 0 else 1 end = 1
  ),
  "purchase_rows" as (
    select
      "r"."customer_id" as "customer_id",
      "r"."ordered_at" as "ordered_at",
      "r"."order_id" as "order_id",
      "r"."product_id" as "product_id"
    from (
      select
        cast("t"."customer_id" as Nullable(String)) as "customer_id",
        cast("t"."ordered_at" as Nullable(DateTime64(6, 'UTC'))) as "ordered_at",
        cast("t"."order_id" as Nullable(String)) as "order_id",
        cast("t"."product_id" as Nullable(String)) as "product_id",
        cast("t"."order_id" as Nullable(String)) as "part",
        toInt64(row_number() over (partition by cast("t"."order_id" as Nullable(String)) order by cast("t"."ordered_at" as Nullable(DateTime64(6, 'UTC'))), case when cast("t"."amount" as Nullable(Decimal(38, 2))) is null then 0 else 1 end, cast("t"."amount" as Nullable(Decimal(38, 2))), case when cast("t"."category" as Nullable(String)) is null then 0 else 1 end, cast("t"."category" as Nullable(String)), case when cast("t"."customer_id" as Nullable(String)) is null then 0 else 1 end, cast("t"."customer_id" as Nullable(String)), case when cast("t"."event_name" as Nullable(String)) is null then 0 else 1 end, cast("t"."event_name" as Nullable(String)), case when cast("t"."product_id" as Nullable(String)) is null then 0 else 1 end, cast("t"."product_id" as Nullable(String)))) as "number"
      from "crm"."events" as "t"
      inner join "customer_rows" as "customer" on "customer"."customer_id" = cast("t"."customer_id" as Nullable(String))
      where cast("t"."ordered_at" as Nullable(DateTime64(6, 'UTC'))) < cast({p1:DateTime64(6, 'UTC')} as Nullable(DateTime64(6, 'UTC')))
        and cast("t"."event_name" as Nullable(String)) = cast({p2:String} as Nullable(String))
    ) as "r"
    where "r"."part" is null or "r"."number" = 1
  ),
  "purchases_numbered" as (
    select
      "customer"."customer_id" as "owner",
      "purchase"."order_id" as "order_id",
      "customer"."credit" as "credit",
      "purchase"."product_id" as "product_id",
      toInt64(row_number() over (order by "customer"."customer_id", "purchase"."order_id", "customer"."credit", "purchase"."product_id")) as "number"
    from "customer_rows" as "customer"
    inner join "purchase_rows" as "purchase" on "purchase"."customer_id" = "customer"."customer_id"
    where "purchase"."ordered_at" >= cast({p3:DateTime64(6, 'UTC')} as Nullable(DateTime64(6, 'UTC')))
  ),
  "item_rows" as (
    select
      cast("t"."order_id" as Nullable(String)) as "order_id",
      cast("t"."price" as Nullable(Decimal(38, 2))) as "price"
    from "shop"."items" as "t"
  ),
  "items_by_purchases" as (
    select
      "purchases"."number" as "owner",
      toInt64(count(*)) as "count"
    from "purchases_numbered" as "purchases"
    inner join "item_rows" as "item" on "item"."order_id" = "purchases"."order_id"
    where "item"."price" > "purchases"."credit"
    group by "purchases"."number"
  ),
  "product_rows" as (
    select
      cast("t"."product_id" as Nullable(String)) as "product_id",
      cast("t"."brand" as Nullable(String)) as "brand"
    from "shop"."products" as "t"
  ),
  "purchases_by_customer" as (
    select
      "purchases"."owner" as "owner",
      toInt64(count(*)) as "count"
    from "purchases_numbered" as "purchases"
    left join "items_by_purchases" as "items" on "items"."owner" = "purchases"."number"
    left join "product_rows" as "product" on "product"."product_id" = "purchases"."product_id"
    where "items"."count" > 0
      and "product"."brand" = cast({p4:String} as Nullable(String))
    group by "purchases"."owner"
  ),
  "visit_rows" as (
    select
      cast("t"."customer_id" as Nullable(String)) as "customer_id",
      cast("t"."visited_on" as Nullable(Date32)) as "visited_on",
      cast("t"."page" as Nullable(String)) as "page",
      accurateCast("t"."seconds", 'Nullable(Int64)') as "seconds"
    from "crm"."visits" as "t"
    where cast("t"."visited_on" as Nullable(Date32)) < cast({p5:String} as Nullable(Date32))
  ),
  "customer_visits" as (
    select
      "r"."owner" as "owner",
      "r"."page" as "page"
    from (
      select
        "visit"."customer_id" as "owner",
        "visit"."page" as "page",
        toInt64(row_number() over (partition by "visit"."customer_id" order by "visit"."visited_on" desc, case when "visit"."page" is null then 0 else 1 end desc, "visit"."page" desc, case when "visit"."seconds" is null then 0 else 1 end desc, "visit"."seconds" desc, case when "visit"."customer_id" is null then 0 else 1 end desc, "visit"."customer_id" desc)) as "number"
      from "visit_rows" as "visit"
    ) as "r"
    where "r"."number" = 1
  )
select
  count(*) as "population",
  count(case when coalesce("purchases"."count", 0) > cast({p6:Int64} as Nullable(Int64)) and "visits"."page" = cast({p7:String} as Nullable(String)) then 1 end) as "nested"
from "customer_rows" as "customer"
left join "purchases_by_customer" as "purchases" on "purchases"."owner" = "customer"."customer_id"
left join "customer_visits" as "visits" on "visits"."owner" = "customer"."customer_id"
settings join_use_nulls = 1, prefer_column_name_to_alias = 1, allow_simdjson = 0, allow_suspicious_types_in_order_by = 1;
-- 1 timestamp "2026-06-30T00:00:00.000000Z"
-- 2 text "purchase"
-- 3 timestamp "2026-04-01T00:00:00.000000Z"
-- 4 text "Acme"
-- 5 date "2026-06-30"
-- 6 integer "1"
-- 7 text "pricing"
