with
  "customer_rows" as (
    select
      "t"."customer_id" collate binary as "customer_id",
      cast(round("t"."credit" * 100) as integer) as "credit"
    from "crm"."customers" as "t"
    where ("t"."signed_up_at" is null or "t"."signed_up_at" < cast(?1 as text))
      and ("t"."deleted_at" is null or "t"."deleted_at" >= cast(?1 as text))
      and case when "t"."is_test" = 1 then 0 else 1 end = 1
  ),
  "purchase_rows" as (
    select
      "r"."customer_id" as "customer_id",
      "r"."ordered_at" as "ordered_at",
      "r"."order_id" as "order_id",
      "r"."product_id" as "product_id"
    from (
      select
        "t"."customer_id" collate binary as "customer_id",
        "t"."ordered_at" as "ordered_at",
        "t"."order_id" collate binary as "order_id",
        "t"."product_id" collate binary as "product_id",
        "t"."order_id" collate binary as "part",
        row_number() over (partition by "t"."order_id" collate binary order by "t"."ordered_at", case when cast(round("t"."amount" * 100) as integer) is null then 0 else 1 end, cast(round("t"."amount" * 100) as integer), case when "t"."category" collate binary is null then 0 else 1 end, "t"."category" collate binary, case when "t"."customer_id" collate binary is null then 0 else 1 end, "t"."customer_id" collate binary, case when "t"."event_name" collate binary is null then 0 else 1 end, "t"."event_name" collate binary, case when "t"."product_id" collate binary is null then 0 else 1 end, "t"."product_id" collate binary) as "number"
      from "crm"."events" as "t"
      inner join "customer_rows" as "customer" on "customer"."customer_id" = "t"."customer_id" collate binary
      where "t"."ordered_at" < cast(?1 as text)
        and "t"."event_name" collate binary = cast(?2 as text)
    ) as "r"
    where "r"."part" is null or "r"."number" = 1
  ),
  "purchases_numbered" as (
    select
      "customer"."customer_id" as "owner",
      "purchase"."order_id" as "order_id",
      "customer"."credit" as "credit",
      "purchase"."product_id" as "product_id",
      row_number() over (order by "customer"."customer_id", "purchase"."order_id", "customer"."credit", "purchase"."product_id") as "number"
    from "customer_rows" as "customer"
    inner join "purchase_rows" as "purchase" on "purchase"."customer_id" = "customer"."customer_id"
    where "purchase"."ordered_at" >= cast(?3 as text)
  ),
  "item_rows" as (
    select
      "t"."order_id" collate binary as "order_id",
      cast(round("t"."price" * 100) as integer) as "price"
    from "shop"."items" as "t"
  ),
  "items_by_purchases" as (
    select
      "purchases"."number" as "owner",
      count(*) as "count"
    from "purchases_numbered" as "purchases"
    inner join "item_rows" as "item" on "item"."order_id" = "purchases"."order_id"
    where "item"."price" > "purchases"."credit"
    group by "purchases"."number"
  ),
  "product_rows" as (
    select
      "t"."product_id" collate binary as "product_id",
      "t"."brand" collate binary as "brand"
    from "shop"."products" as "t"
  ),
  "purchases_by_customer" as (
    select
      "purchases"."owner" as "owner",
      count(*) as "count"
    from "purchases_numbered" as "purchases"
    left join "items_by_purchases" as "items" on "items"."owner" = "purchases"."number"
    left join "product_rows" as "product" on "product"."product_id" = "purchases"."product_id"
    where "items"."count" > 0
      and "product"."brand" = cast(?4 as text)
    group by "purchases"."owner"
  ),
  "visit_rows" as (
    select
      "t"."customer_id" collate binary as "customer_id",
      "t"."visited_on" as "visited_on",
      "t"."page" collate binary as "page",
      "t"."seconds" as "seconds"
    from "crm"."visits" as "t"
    where "t"."visited_on" < cast(?5 as text)
  ),
  "customer_visits" as (
    select
      "r"."owner" as "owner",
      "r"."page" as "page"
    from (
      select
        "visit"."customer_id" as "owner",
        "visit"."page" as "page",
        row_number() over (partition by "visit"."customer_id" order by "visit"."visited_on" desc, case when "visit"."page" is null then 0 else 1 end desc, "visit"."page" desc, case when "visit"."seconds" is null then 0 else 1 end desc, "visit"."seconds" desc, case when "visit"."customer_id" is null then 0 else 1 end desc, "visit"."customer_id" desc) as "number"
      from "visit_rows" as "visit"
    ) as "r"
    where "r"."number" = 1
  )
select
  count(*) as "population",
  count(case when coalesce("purchases"."count", 0) > cast(?6 as integer) and "visits"."page" = cast(?7 as text) then 1 end) as "nested"
from "customer_rows" as "customer"
left join "purchases_by_customer" as "purchases" on "purchases"."owner" = "customer"."customer_id"
left join "customer_visits" as "visits" on "visits"."owner" = "customer"."customer_id";
-- 1 text "2026-06-30 00:00:00.000000"
-- 2 text "purchase"
-- 3 text "2026-04-01 00:00:00.000000"
-- 4 text "Acme"
-- 5 text "2026-06-30"
-- 6 integer "1"
-- 7 text "pricing"
