with
  "customer_rows" as (
    select
      "t"."customer_id" collate binary as "customer_id",
      "t"."Cust Region" collate binary as "region",
      case when abs(cast("x1"."churn_risk" as real)) < 9e999 then cast("x1"."churn_risk" as real) end as "churn_risk",
      "t"."marketing_consent" as "marketing_consent"
    from "crm"."customers" as "t"
    left join "churn_scores" as "x1" on "x1"."customer_id" collate binary = "t"."customer_id" collate binary
    where ("t"."signed_up_at" is null or "t"."signed_up_at" < cast(?1 as text))
      and ("t"."deleted_at" is null or "t"."deleted_at" >= cast(?1 as text))
      and case when "t"."is_test" = 1 then 0 else 1 end = 1
  ),
  "purchase_rows" as (
    select
      "r"."customer_id" as "customer_id",
      "r"."ordered_at" as "ordered_at",
      "r"."amount" as "amount"
    from (
      select
        "t"."customer_id" collate binary as "customer_id",
        "t"."ordered_at" as "ordered_at",
        cast(round("t"."amount" * 100) as integer) as "amount",
        "t"."order_id" collate binary as "part",
        row_number() over (partition by "t"."order_id" collate binary order by "t"."ordered_at", case when cast(round("t"."amount" * 100) as integer) is null then 0 else 1 end, cast(round("t"."amount" * 100) as integer), case when "t"."category" collate binary is null then 0 else 1 end, "t"."category" collate binary, case when "t"."customer_id" collate binary is null then 0 else 1 end, "t"."customer_id" collate binary, case when "t"."event_name" collate binary is null then 0 else 1 end, "t"."event_name" collate binary, case when "t"."product_id" collate binary is null then 0 else 1 end, "t"."product_id" collate binary) as "number"
      from "crm"."events" as "t"
      inner join "customer_rows" as "customer" on "customer"."customer_id" = "t"."customer_id" collate binary
      where "t"."ordered_at" < cast(?1 as text)
        and "t"."event_name" collate binary = cast(?2 as text)
    ) as "r"
    where "r"."part" is null or "r"."number" = 1
  ),
  "customer_purchases" as (
    select
      "purchase"."customer_id" as "owner",
      count(case when "purchase"."ordered_at" >= cast(?3 as text) then 1 end) as "count",
      sum("purchase"."amount") as "sum_amount",
      count(case when "purchase"."ordered_at" >= cast(?4 as text) then 1 end) as "count_2"
    from "purchase_rows" as "purchase"
    where "purchase"."ordered_at" >= cast(?5 as text)
    group by "purchase"."customer_id"
  )
select
  "customer"."customer_id" as "key",
  case when coalesce("purchases"."count", 0) > cast(?6 as integer) and "customer"."region" = cast(?7 as text) then 1 else 0 end as "loyal",
  case when coalesce("purchases"."sum_amount", 0) >= cast(?8 as integer) and coalesce("purchases"."count_2", 0) = 0 and "customer"."churn_risk" > cast(?9 as real) and "customer"."marketing_consent" = 1 and (coalesce("purchases"."count", 0) <= cast(?6 as integer) or case when "customer"."region" = cast(?7 as text) then 0 else 1 end = 1) then 1 else 0 end as "winback"
from "customer_rows" as "customer"
left join "customer_purchases" as "purchases" on "purchases"."owner" = "customer"."customer_id"
order by "customer"."customer_id";
-- 1 text "2026-06-30 00:00:00.000000"
-- 2 text "purchase"
-- 3 text "2026-04-01 00:00:00.000000"
-- 4 text "2026-01-01 00:00:00.000000"
-- 5 text "2024-06-30 00:00:00.000000"
-- 6 integer "3"
-- 7 text "EU"
-- 8 integer "50000"
-- 9 float 0.4
