with
  "customer_rows" as (
    select
      cast("t"."customer_id" as varchar(max)) as "customer_id",
      cast("t"."credit" as numeric(38, 2)) as "credit"
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
        cast("t"."customer_id" as varchar(max)) as "customer_id",
        cast("t"."ordered_at" as timestamp) as "ordered_at",
        cast("t"."order_id" as varchar(max)) as "order_id",
        cast("t"."product_id" as varchar(max)) as "product_id",
        to_varbyte(cast("t"."order_id" as varchar(max)), 'utf8') as "part",
        row_number() over (partition by to_varbyte(cast("t"."order_id" as varchar(max)), 'utf8') order by cast("t"."ordered_at" as timestamp), case when cast("t"."amount" as numeric(38, 2)) is null then 0 else 1 end, cast("t"."amount" as numeric(38, 2)), case when cast("t"."category" as varchar(max)) is null then 0 else 1 end, to_varbyte(cast("t"."category" as varchar(max)), 'utf8'), case when cast("t"."customer_id" as varchar(max)) is null then 0 else 1 end, to_varbyte(cast("t"."customer_id" as varchar(max)), 'utf8'), case when cast("t"."event_name" as varchar(max)) is null then 0 else 1 end, to_varbyte(cast("t"."event_name" as varchar(max)), 'utf8'), case when cast("t"."product_id" as varchar(max)) is null then 0 else 1 end, to_varbyte(cast("t"."product_id" as varchar(max)), 'utf8')) as "number"
      from "crm"."events" as "t"
      inner join "customer_rows" as "customer" on to_varbyte("customer"."customer_id", 'utf8') = to_varbyte(cast("t"."customer_id" as varchar(max)), 'utf8')
      where cast("t"."ordered_at" as timestamp) < cast($1 as timestamp)
        and to_varbyte(cast("t"."event_name" as varchar(max)), 'utf8') = to_varbyte(cast($2 as varchar(max)), 'utf8')
    ) as "r"
    where "r"."part" is null or "r"."number" = 1
  ),
  "purchases_numbered" as (
    select
      "customer"."customer_id" as "owner",
      "purchase"."order_id" as "order_id",
      "customer"."credit" as "credit",
      "purchase"."product_id" as "product_id",
      row_number() over (order by to_varbyte("customer"."customer_id", 'utf8'), to_varbyte("purchase"."order_id", 'utf8'), "customer"."credit", to_varbyte("purchase"."product_id", 'utf8')) as "number"
    from "customer_rows" as "customer"
    inner join "purchase_rows" as "purchase" on to_varbyte("purchase"."customer_id", 'utf8') = to_varbyte("customer"."customer_id", 'utf8')
    where "purchase"."ordered_at" >= cast($3 as timestamp)
  ),
  "item_rows" as (
    select
      cast("t"."order_id" as varchar(max)) as "order_id",
      cast("t"."price" as numeric(38, 2)) as "price"
    from "shop"."items" as "t"
  ),
  "items_by_purchases" as (
    select
      "purchases"."number" as "owner",
      count(*) as "count"
    from "purchases_numbered" as "purchases"
    inner join "item_rows" as "item" on to_varbyte("item"."order_id", 'utf8') = to_varbyte("purchases"."order_id", 'utf8')
    where "item"."price" > "purchases"."credit"
    group by "purchases"."number"
  ),
  "product_rows" as (
    select
      cast("t"."product_id" as varchar(max)) as "product_id",
      cast("t"."brand" as varchar(max)) as "brand"
    from "shop"."products" as "t"
  ),
  "purchases_by_customer" as (
    select
      min("purchases"."owner") as "owner",
      count(*) as "count"
    from "purchases_numbered" as "purchases"
    left join "items_by_purchases" as "items" on "items"."owner" = "purchases"."number"
    left join "product_rows" as "product" on to_varbyte("product"."product_id", 'utf8') = to_varbyte("purchases"."product_id", 'utf8')
    where "items"."count" > 0
      and to_varbyte("product"."brand", 'utf8') = to_varbyte(cast($4 as varchar(max)), 'utf8')
    group by to_varbyte("purchases"."owner", 'utf8')
  ),
  "visit_rows" as (
    select
      cast("t"."customer_id" as varchar(max)) as "customer_id",
      cast("t"."visited_on" as date) as "visited_on",
      cast("t"."page" as varchar(max)) as "page",
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
        row_number() over (partition by to_varbyte("visit"."customer_id", 'utf8') order by "visit"."visited_on" desc, case when "visit"."page" is null then 0 else 1 end desc, to_varbyte("visit"."page", 'utf8') desc, case when "visit"."seconds" is null then 0 else 1 end desc, "visit"."seconds" desc, case when "visit"."customer_id" is null then 0 else 1 end desc, to_varbyte("visit"."customer_id", 'utf8') desc) as "number"
      from "visit_rows" as "visit"
    ) as "r"
    where "r"."number" = 1
  )
select
  count(*) as "population",
  count(case when coalesce("purchases"."count", 0) > cast($6 as bigint) and to_varbyte("visits"."page", 'utf8') = to_varbyte(cast($7 as varchar(max)), 'utf8') then 1 end) as "nested"
from "customer_rows" as "customer"
left join "purchases_by_customer" as "purchases" on to_varbyte("purchases"."owner", 'utf8') = to_varbyte("customer"."customer_id", 'utf8')
left join "customer_visits" as "visits" on to_varbyte("visits"."owner", 'utf8') = to_varbyte("customer"."customer_id", 'utf8');
-- 1 timestamp "2026-06-30 00:00:00.000000"
-- 2 text "purchase"
-- 3 timestamp "2026-04-01 00:00:00.000000"
-- 4 text "Acme"
-- 5 date "2026-06-30"
-- 6 integer "1"
-- 7 text "pricing"
