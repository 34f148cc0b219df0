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
      cast("t"."ordered_at" as timestamp) as "ordered_at"
    from "crm"."purchases" as "t"
    where cast("t"."ordered_at" as timestamp) < cast($1 as timestamp)
  ),
  "customer_purchases" as (
    select
      "purchase"."customer_id" as "owner",
      count(*) as "count"
    from "purchase_rows" as "purchase"
    where "purchase"."ordered_at" >= cast($2 as timestamp)
    group by "purchase"."customer_id"
  ),
  "flags" as (
    select
      "customer"."customer_id" as "key",
      case when coalesce("purchases"."count", 0) > cast($3 as bigint) and "customer"."region" = cast($4 as varchar) then 1 else 0 end as "loyal",
      case when coalesce("purchases"."count", 0) <= cast($3 as bigint) or case when "customer"."region" = cast($4 as varchar) then 0 else 1 end = 1 then 1 else 0 end as "others"
    from "customer_rows" as "customer"
    left join "customer_purchases" as "purchases" on "purchases"."owner" = "customer"."customer_id"
  ),
  "asked" as (
    select
      0 as "place",
      cast($5 as varchar) as "segment"
    union all
    select
      1 as "place",
      cast($6 as varchar) as "segment"
  )
select
  "asked"."segment" as "segment",
  "flags"."key" as "key"
from "flags"
cross join "asked"
where case when "asked"."place" < 1 then "flags"."loyal" else "flags"."others" end = 1
order by "asked"."place", "flags"."key";
-- 1 timestamp "2026-06-30T00:00:00.000000Z"
-- 2 timestamp "2026-04-01T00:00:00.000000Z"
-- 3 integer "3"
-- 4 text "EU"
-- 5 text "Loyal"
-- 6 text "Others"
