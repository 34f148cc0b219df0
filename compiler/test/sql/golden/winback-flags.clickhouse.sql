with
  "customer_rows" as (
    select
      cast("t"."customer_id" as Nullable(String)) as "customer_id",
      cast("t"."Cust Region" as Nullable(String)) as "region",
      ifNotFinite(cast("x1"."churn_risk" as Nullable(Float64)), null) as "churn_risk",
      cast("t"."marketing_consent" as Nullable(Bool)) as "marketing_consent"
    from "crm"."customers" as "t"
    left join "churn_scores" as "x1" on cast("x1"."customer_id" as Nullable(String)) = cast("t"."customer_id" as Nullable(String))
    where (cast("t"."signed_up_at" as Nullable(DateTime64(6, 'UTC'))) is null or cast("t"."signed_up_at" as Nullable(DateTime64(6, 'UTC'))) < cast({p1:DateTime64(6, 'UTC')} as Nullable(DateTime64(6, 'UTC'))))
      and (cast("t"."deleted_at" as Nullable(DateTime64(6, 'UTC'))) is null or cast("t"."deleted_at" as Nullable(DateTime64(6, 'UTC'))) >= cast({p1:DateTime64(6, 'UTC')} as Nullable(DateTime64(6, 'UTC'))))
      and case when cast("t"."is_test" as Nullable(Bool)) then 0 else 1 end = 1
  ),
  "purchase_rows" as (
    select
      "r"."customer_id" as "customer_id",
      "r"."ordered_at" as "ordered_at",
      "r"."amount" as "amount"
    from (
      select
        cast("t"."customer_id" as Nullable(String)) as "customer_id",
        cast("t"."ordered_at" as Nullable(DateTime64(6, 'UTC'))) as "ordered_at",
        cast("t"."amount" as Nullable(Decimal(38, 2))) as "amount",
        cast("t"."order_id" as Nullable(String)) as "part",
        toInt64(row_number() over (partition by cast("t"."order_id" as Nullable(String)) order by cast("t"."ordered_at" as Nullable(DateTime64(6, 'UTC'))), case when cast("t"."amount" as Nullable(Decimal(38, 2))) is null then 0 else 1 end, cast("t"."amount" as Nullable(Decimal(38, 2))), case when cast("t"."category" as Nullable(String)) is null then 0 else 1 end, cast("t"."category" as Nullable(String)), case when cast("t"."customer_id" as Nullable(String)) is null then 0 else 1 end, cast("t"."customer_id" as Nullable(String)), case when cast("t"."event_name" as Nullable(String)) is null then 0 else 1 end, cast("t"."event_name" as Nullable(String)), case when cast("t"."product_id" as Nullable(String)) is null then 0 else 1 end, cast("t"."product_id" as Nullable(String)))) as "number"
      from "crm"."events" as "t"
      inner join "customer_rows" as "customer" on "customer"."customer_id" = cast("t"."customer_id" as Nullable(String))
      where cast("t"."ordered_at" as Nullable(DateTime64(6, 'UTC'))) < cast({p1:DateTime64(6, 'UTC')} as Nullable(DateTime64(6, 'UTC')))
        and cast("t"."event_name" as Nullable(String)) = cast({p2:String} as Nullable(String))
    ) as "r"
    where "r"."part" is null or "r"."number" = 1
  ),
  "customer_purchases" as (
    select
      "purchase"."customer_id" as "owner",
      toInt64(count(case when "purchase"."ordered_at" >= cast({p3:DateTime64(6, 'UTC')} as Nullable(DateTime64(6, 'UTC'))) then 1 end)) as "count",
      arrayMap(d_ -> case when throwIf(ifNull(abs(d_) >= toDecimal256('100000000000000000000000000000', 0), 0), 'seg: a number leaves its type') = 0 then cast(d_ as Nullable(Decimal(38, 2))) end, [sum(cast("purchase"."amount" as Nullable(Decimal(76, 2))))])[1] as "sum_amount",
      toInt64(count(case when "purchase"."ordered_at" >= cast({p4:DateTime64(6, 'UTC')} as Nullable(DateTime64(6, 'UTC'))) then 1 end)) as "count_2"
    from "purchase_rows" as "purchase"
    where "purchase"."ordered_at" >= cast({p5:DateTime64(6, 'UTC')} as Nullable(DateTime64(6, 'UTC')))
    group by "purchase"."customer_id"
  )
select
  "customer"."customer_id" as "key",
  case when coalesce("purchases"."count", 0) > cast({p6:Int64} as Nullable(Int64)) and "customer"."region" = cast({p7:String} as Nullable(String)) then 1 else 0 end as "loyal",
  case when coalesce("purchases"."sum_amount", 0) >= cast({p8:Decimal(38, 0)} as Nullable(Decimal(38, 2))) and coalesce("purchases"."count_2", 0) = 0 and "customer"."churn_risk" > cast({p9:Float64} as Nullable(Float64)) and "customer"."marketing_consent" and (coalesce("purchases"."count", 0) <= cast({p6:Int64} as Nullable(Int64)) or case when "customer"."region" = cast({p7:String} as Nullable(String)) then 0 else 1 end = 1) then 1 else 0 end as "winback"
from "customer_rows" as "customer"
left join "customer_purchases" as "purchases" on "purchases"."owner" = "customer"."customer_id"
order by "customer"."customer_id"
settings join_use_nulls = 1, prefer_column_name_to_alias = 1, allow_simdjson = 0, allow_suspicious_types_in_order_by = 1;
-- 1 timestamp "2026-06-30T00:00:00.000000Z"
-- 2 text "purchase"
-- 3 timestamp "2026-04-01T00:00:00.000000Z"
-- 4 timestamp "2026-01-01T00:00:00.000000Z"
-- 5 timestamp "2024-06-30T00:00:00.000000Z"
-- 6 integer "3"
-- 7 text "EU"
-- 8 decimal "500"
-- 9 float 0.4
