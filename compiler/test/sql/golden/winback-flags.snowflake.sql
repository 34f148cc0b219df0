with
  "customer_rows" as (
    select
      "t"."customer_id" as "customer_id",
      "t"."Cust Region" as "region",
      case when abs(cast("x1"."churn_risk" as double)) <= cast('1.7976931348623157e308' as double) then cast("x1"."churn_risk" as double) end as "churn_risk",
      cast("t"."marketing_consent" as boolean) as "marketing_consent"
    from "crm"."customers" as "t"
    left join "churn_scores" as "x1" on "x1"."customer_id" = "t"."customer_id"
    where (cast("t"."signed_up_at" as timestamp_ntz) is null or cast("t"."signed_up_at" as timestamp_ntz) < cast(? as timestamp_ntz))
      and (cast("t"."deleted_at" as timestamp_ntz) is null or cast("t"."deleted_at" as timestamp_ntz) >= cast(? as timestamp_ntz))
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
        cast("t"."ordered_at" as timestamp_ntz) as "ordered_at",
        cast("t"."amount" as number(38, 2)) as "amount",
        "t"."order_id" as "part",
        row_number() over (partition by "t"."order_id" order by cast("t"."ordered_at" as timestamp_ntz), case when cast("t"."amount" as number(38, 2)) is null then 0 else 1 end, cast("t"."amount" as number(38, 2)), case when "t"."category" is null then 0 else 1 end, "t"."category", case when "t"."customer_id" is null then 0 else 1 end, "t"."customer_id", case when "t"."event_name" is null then 0 else 1 end, "t"."event_name", case when "t"."product_id" is null then 0 else 1 end, "t"."product_id") as "number"
      from "crm"."events" as "t"
      inner join "customer_rows" as "customer" on "customer"."customer_id" = "t"."customer_id"
      where cast("t"."ordered_at" as timestamp_ntz) < cast(? as timestamp_ntz)
        and "t"."event_name" = cast(? as varchar)
    ) as "r"
    where "r"."part" is null or "r"."number" = 1
  ),
  "customer_purchases" as (
    select
      "purchase"."customer_id" as "owner",
      count(case when "purchase"."ordered_at" >= cast(? as timestamp_ntz) then 1 end) as "count",
      cast(sum("purchase"."amount") as number(38, 9)) as "sum_amount",
      count(case when "purchase"."ordered_at" >= cast(? as timestamp_ntz) then 1 end) as "count_2"
    from "purchase_rows" as "purchase"
    where "purchase"."ordered_at" >= cast(? as timestamp_ntz)
    group by "purchase"."customer_id"
  )
select
  "customer"."customer_id" as "key",
  case when coalesce("purchases"."count", 0) > cast(? as number(38, 0)) and "customer"."region" = cast(? as varchar) then 1 else 0 end as "loyal",
  case when coalesce("purchases"."sum_amount", 0) >= cast(? as number(38, 2)) and coalesce("purchases"."count_2", 0) = 0 and "customer"."churn_risk" > cast(? as double) and "customer"."marketing_consent" and (coalesce("purchases"."count", 0) <= cast(? as number(38, 0)) or case when "customer"."region" = cast(? as varchar) then 0 else 1 end = 1) then 1 else 0 end as "winback"
from "customer_rows" as "customer"
left join "customer_purchases" as "purchases" on "purchases"."owner" = "customer"."customer_id"
order by "customer"."customer_id";
-- 1 timestamp "2026-06-30 00:00:00.000000"
-- 2 timestamp "2026-06-30 00:00:00.000000"
-- 3 timestamp "2026-06-30 00:00:00.000000"
-- 4 text "purchase"
-- 5 timestamp "2026-04-01 00:00:00.000000"
-- 6 timestamp "2026-01-01 00:00:00.000000"
-- 7 timestamp "2024-06-30 00:00:00.000000"
-- 8 integer "3"
-- 9 text "EU"
-- 10 decimal "500"
-- 11 float 0.4
-- 12 integer "3"
-- 13 text "EU"
