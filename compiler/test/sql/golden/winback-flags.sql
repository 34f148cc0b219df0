with
  "customer_rows" as (
    select
      "t"."customer_id" as "customer_id",
      "t"."Cust Region" as "region",
      case when isfinite(cast("x1"."churn_risk" as double)) then cast("x1"."churn_risk" as double) end as "churn_risk",
      cast("t"."marketing_consent" as boolean) as "marketing_consent"
    from "crm"."customers" as "t"
    left join "churn_scores" as "x1" on "x1"."customer_id" = "t"."customer_id"
    where (cast("t"."signed_up_at" as timestamp) is null or cast("t"."signed_up_at" as timestamp) < cast($1 as timestamp))
      and (cast("t"."deleted_at" as timestamp) is null or cast("t"."deleted_at" as timestamp) >= cast($1 as timestamp))
      and case when cast("t"."is_test" as boolean) then 0 else 1 end = 1
  ),
  "purchase_rows" as (
    select
      "r"."customer_id" as "customer_id",
      "r"."ordered_at" as "ordered_at",
      "r"."amount" as "amount"
    from (
      select
        "t"."customer_id" as "customer_id",
        cast("t"."ordered_at" as timestamp) as "ordered_at",
        cast("t"."amount" as decimal(38, 2)) as "amount",
        "t"."order_id" as "part",
        row_number() over (partition by "t"."order_id" order by cast("t"."ordered_at" as timestamp), case when cast("t"."amount" as decimal(38, 2)) is null then 0 else 1 end, cast("t"."amount" as decimal(38, 2)), case when "t"."category" is null then 0 else 1 end, "t"."category", case when "t"."customer_id" is null then 0 else 1 end, "t"."customer_id", case when "t"."event_name" is null then 0 else 1 end, "t"."event_name", case when "t"."product_id" is null then 0 else 1 end, "t"."product_id") as "number"
      from "crm"."events" as "t"
      inner join "customer_rows" as "customer" on "customer"."customer_id" = "t"."customer_id"
      where cast("t"."ordered_at" as timestamp) < cast($1 as timestamp)
        and "t"."event_name" = cast($2 as varchar)
    ) as "r"
    where "r"."part" is null or "r"."number" = 1
  ),
  "customer_purchases" as (
    select
      "purchase"."customer_id" as "owner",
      count(case when "purchase"."ordered_at" >= cast($3 as timestamp) then 1 end) as "count",
      cast(sum("purchase"."amount") as decimal(38, 9)) as "sum_amount",
      count(case when "purchase"."ordered_at" >= cast($4 as timestamp) then 1 end) as "count_2"
    from "purchase_rows" as "purchase"
    where "purchase"."ordered_at" >= cast($5 as timestamp)
    group by "purchase"."customer_id"
  )
select
  "customer"."customer_id" as "key",
  case when coalesce("purchases"."count", 0) > cast($6 as bigint) and "customer"."region" = cast($7 as varchar) then 1 else 0 end as "loyal",
  case when coalesce("purchases"."sum_amount", 0) >= cast($8 as decimal(38, 2)) and coalesce("purchases"."count_2", 0) = 0 and "customer"."churn_risk" > cast($9 as double) and "customer"."marketing_consent" and (coalesce("purchases"."count", 0) <= cast($6 as bigint) or case when "customer"."region" = cast($7 as varchar) then 0 else 1 end = 1) then 1 else 0 end as "winback"
from "customer_rows" as "customer"
left join "customer_purchases" as "purchases" on "purchases"."owner" = "customer"."customer_id"
order by "customer"."customer_id";
-- 1 timestamp "2026-06-30T00:00:00.000000Z"
-- 2 text "purchase"
-- 3 timestamp "2026-04-01T00:00:00.000000Z"
-- 4 timestamp "2026-01-01T00:00:00.000000Z"
-- 5 timestamp "2024-06-30T00:00:00.000000Z"
-- 6 integer "3"
-- 7 text "EU"
-- 8 decimal "500"
-- 9 float 0.4
