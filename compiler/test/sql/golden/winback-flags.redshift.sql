with
  "customer_rows" as (
    select
      cast("t"."customer_id" as varchar(max)) as "customer_id",
      cast("t"."Cust Region" as varchar(max)) as "region",
      case when abs(cast("x1"."churn_risk" as double precision)) <= cast('1.7976931348623157e308' as double precision) then cast("x1"."churn_risk" as double precision) end as "churn_risk",
      cast("t"."marketing_consent" as boolean) as "marketing_consent"
    from "crm"."customers" as "t"
    left join "churn_scores" as "x1" on to_varbyte(cast("x1"."customer_id" as varchar(max)), 'utf8') = to_varbyte(cast("t"."customer_id" as varchar(max)), 'utf8')
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
        cast("t"."customer_id" as varchar(max)) as "customer_id",
        cast("t"."ordered_at" as timestamp) as "ordered_at",
        cast("t"."amount" as numeric(38, 2)) as "amount",
        to_varbyte(cast("t"."order_id" as varchar(max)), 'utf8') as "part",
        row_number() over (partition by to_varbyte(cast("t"."order_id" as varchar(max)), 'utf8') order by cast("t"."ordered_at" as timestamp), case when cast("t"."amount" as numeric(38, 2)) is null then 0 else 1 end, cast("t"."amount" as numeric(38, 2)), case when cast("t"."category" as varchar(max)) is null then 0 else 1 end, to_varbyte(cast("t"."category" as varchar(max)), 'utf8'), case when cast("t"."customer_id" as varchar(max)) is null then 0 else 1 end, to_varbyte(cast("t"."customer_id" as varchar(max)), 'utf8'), case when cast("t"."event_name" as varchar(max)) is null then 0 else 1 end, to_varbyte(cast("t"."event_name" as varchar(max)), 'utf8'), case when cast("t"."product_id" as varchar(max)) is null then 0 else 1 end, to_varbyte(cast("t"."product_id" as varchar(max)), 'utf8')) as "number"
      from "crm"."events" as "t"
      inner join "customer_rows" as "customer" on to_varbyte("customer"."customer_id", 'utf8') = to_varbyte(cast("t"."customer_id" as varchar(max)), 'utf8')
      where cast("t"."ordered_at" as timestamp) < cast($1 as timestamp)
        and to_varbyte(cast("t"."event_name" as varchar(max)), 'utf8') = to_varbyte(cast($2 as varchar(max)), 'utf8')
    ) as "r"
    where "r"."part" is null or "r"."number" = 1
  ),
  "customer_purchases" as (
    select
      min("purchase"."customer_id") as "owner",
      count(case when "purchase"."ordered_at" >= cast($3 as timestamp) then 1 end) as "count",
      cast(sum("purchase"."amount") as numeric(38, 9)) as "sum_amount",
      count(case when "purchase"."ordered_at" >= cast($4 as timestamp) then 1 end) as "count_2"
    from "purchase_rows" as "purchase"
    where "purchase"."ordered_at" >= cast($5 as timestamp)
    group by to_varbyte("purchase"."customer_id", 'utf8')
  )
select
  "customer"."customer_id" as "key",
  case when coalesce("purchases"."count", 0) > cast($6 as bigint) and to_varbyte("customer"."region", 'utf8') = to_varbyte(cast($7 as varchar(max)), 'utf8') then 1 else 0 end as "loyal",
  case when coalesce("purchases"."sum_amount", 0) >= cast($8 as numeric(38, 2)) and coalesce("purchases"."count_2", 0) = 0 and "customer"."churn_risk" > cast($9 as double precision) and "customer"."marketing_consent" and (coalesce("purchases"."count", 0) <= cast($6 as bigint) or case when to_varbyte("customer"."region", 'utf8') = to_varbyte(cast($7 as varchar(max)), 'utf8') then 0 else 1 end = 1) then 1 else 0 end as "winback"
from "customer_rows" as "customer"
left join "customer_purchases" as "purchases" on to_varbyte("purchases"."owner", 'utf8') = to_varbyte("customer"."customer_id", 'utf8')
order by to_varbyte("customer"."customer_id", 'utf8');
-- 1 timestamp "2026-06-30 00:00:00.000000"
-- 2 text "purchase"
-- 3 timestamp "2026-04-01 00:00:00.000000"
-- 4 timestamp "2026-01-01 00:00:00.000000"
-- 5 timestamp "2024-06-30 00:00:00.000000"
-- 6 integer "3"
-- 7 text "EU"
-- 8 decimal "500"
-- 9 float 0.4
