with
  "customer_rows" as (
    select
      "t"."customer_id" as "customer_id",
      cast("t"."credit" as decimal(38, 2)) as "credit"
    from "crm"."customers" as "t"
    where (cast("t"."signed_up_at" as timestamp) is null or cast("t"."signed_up_at" as timestamp) < cast($1 as timestamp))
      and (cast("t"."deleted_at" as timestamp) is null or cast("t"."deleted_at" as timestamp) >= cast($1 as timestamp))
      and case when cast("t"."is_test" as boolean) then 0 else 1 end = 1
  ),
  "purchase_rows" as (
    select
      "r"."customer_id" as "customer_id",
      "r"."ordered_at" as "ordered_at",
      "r"."order_id" as "order_id",
      "r"."product_id" as "product_id"
    from (
      select
        "t"."customer_id" as "customer_id",
        cast("t"."ordered_at" as timestamp) as "ordered_at",
        "t"."order_id" as "order_id",
        "t"."product_id" as "product_id",
        "t"."order_id" as "part",
        row_number() over (partition by "t"."order_id" order by cast("t"."ordered_at" as timestamp), case when cast("t"."amount" as decimal(38, 2)) is null then 0 else 1 end, cast("t"."amount" as decimal(38, 2)), case when "t"."category" is null then 0 else 1 end, "t"."category", case when "t"."customer_id" is null then 0 else 1 end, "t"."customer_id", case when "t"."event_name" is null then 0 else 1 end, "t"."event_name", case when "t"."product_id" is null then 0 else 1 end, "t"."product_id") as "number"
      from "crm"."events" as "t"
      inner join "customer_rows" as "customer" on "customer"."customer_id" = "t"."customer_id"
      where cast("t"."ordered_at" as timestamp) < cast($1 as timestamp)
        and "t"."event_name" = cast($2 as varchar)
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
    where "purchase"."ordered_at" >= cast($3 as timestamp)
  ),
  "item_rows" as (
    select
      "t"."order_id" as "order_id",
      cast("t"."price" as decimal(38, 2)) as "price"
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
      "t"."product_id" as "product_id",
      "t"."brand" as "brand"
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
      and "product"."brand" = cast($4 as varchar)
    group by "purchases"."owner"
  ),
  "visit_rows" as (
    select
      "t"."customer_id" as "customer_id",
      cast("t"."visited_on" as date) as "visited_on",
      "t"."page" as "page",
      cast("t"."seconds" as bigint) as "seconds"
    from "crm"."visits" as "t"
    where cast("t"."visited_on" as date) < cast($5 as date)
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
  count(case when coalesce("purchases"."count", 0) > cast($6 as bigint) and "visits"."page" = cast($7 as varchar) then 1 end) as "nested"
from "customer_rows" as "customer"
left join "purchases_by_customer" as "purchases" on "purchases"."owner" = "customer"."customer_id"
left join "customer_visits" as "visits" on "visits"."owner" = "customer"."customer_id";
-- 1 timestamp "2026-06-30T00:00:00.000000Z"
-- 2 text "purchase"
-- 3 timestamp "2026-04-01T00:00:00.000000Z"
-- 4 text "Acme"
-- 5 date "2026-06-30"
-- 6 integer "1"
-- 7 text "pricing"
