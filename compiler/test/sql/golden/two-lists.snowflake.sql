with
  "customer_rows" as (
    select
      "t"."customer_id" as "customer_id",
      "t"."region" as "region"
    from "crm"."customers" as "t"
  ),
  "purchase_rows" as (
    select
      "t"."customer_id" as "customer_id",
      cast("t"."ordered_at" as timestamp_ntz) as "ordered_at"
    from "crm"."purchases" as "t"
    where cast("t"."ordered_at" as timestamp_ntz) < cast(? as timestamp_ntz)
  ),
  "customer_purchases" as (
    select
      "purchase"."customer_id" as "owner",
      count(*) as "count"
    from "purchase_rows" as "purchase"
    where "purchase"."ordered_at" >= cast(? as timestamp_ntz)
    group by "purchase"."customer_id"
  ),
  "flags" as (
    select
      "customer"."customer_id" as "key",
      case when coalesce("purchases"."count", 0) > cast(? as number(38, 0)) and "customer"."region" = cast(? as varchar) then 1 else 0 end as "loyal",
      case when coalesce("purchases"."count", 0) <= cast(? as number(38, 0)) or case when "customer"."region" = cast(? as varchar) then 0 else 1 end = 1 then 1 else 0 end as "others"
    from "customer_rows" as "customer"
    left join "customer_purchases" as "purchases" on "purchases"."owner" = "customer"."customer_id"
  ),
  "asked" as (
    select
      0 as "place",
      cast(? as varchar) as "segment"
    union all
    select
      1 as "place",
      cast(? as varchar) as "segment"
  )
select
  "asked"."segment" as "segment",
  "flags"."key" as "key"
from "flags"
cross join "asked"
where case when "asked"."place" < 1 then "flags"."loyal" else "flags"."others" end = 1
order by "asked"."place", "flags"."key";
-- 1 timestamp "2026-06-30 00:00:00.000000"
-- 2 timestamp "2026-04-01 00:00:00.000000"
-- 3 integer "3"
-- 4 text "EU"
-- 5 integer "3"
-- 6 text "EU"
-- 7 text "Loyal"
-- 8 text "Others"
