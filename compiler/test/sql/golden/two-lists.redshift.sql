with
  "customer_rows" as (
    select
      cast("t"."customer_id" as varchar(max)) as "customer_id",
      cast("t"."region" as varchar(max)) as "region"
    from "crm"."customers" as "t"
  ),
  "purchase_rows" as (
    select
      cast("t"."customer_id" as varchar(max)) as "customer_id",
      cast("t"."ordered_at" as timestamp) as "ordered_at"
    from "crm"."purchases" as "t"
    where cast("t"."ordered_at" as timestamp) < cast($1 as timestamp)
  ),
  "customer_purchases" as (
    select
      min("purchase"."customer_id") as "owner",
      count(*) as "count"
    from "purchase_rows" as "purchase"
    where "purchase"."ordered_at" >= cast($2 as timestamp)
    group by to_varbyte("purchase"."customer_id", 'utf8')
  ),
  "flags" as (
    select
      "customer"."customer_id" as "key",
      case when coalesce("purchases"."count", 0) > cast($3 as bigint) and to_varbyte("customer"."region", 'utf8') = to_varbyte(cast($4 as varchar(max)), 'utf8') then 1 else 0 end as "loyal",
      case when coalesce("purchases"."count", 0) <= cast($3 as bigint) or case when to_varbyte("customer"."region", 'utf8') = to_varbyte(cast($4 as varchar(max)), 'utf8') then 0 else 1 end = 1 then 1 else 0 end as "others"
    from "customer_rows" as "customer"
    left join "customer_purchases" as "purchases" on to_varbyte("purchases"."owner", 'utf8') = to_varbyte("customer"."customer_id", 'utf8')
  ),
  "asked" as (
    select
      0 as "place",
      cast($5 as varchar(max)) as "segment"
    union all
    select
      1 as "place",
      cast($6 as varchar(max)) as "segment"
  )
select
  "asked"."segment" as "segment",
  "flags"."key" as "key"
from "flags"
cross join "asked"
where case when "asked"."place" < 1 then "flags"."loyal" else "flags"."others" end = 1
order by "asked"."place", to_varbyte("flags"."key", 'utf8');
-- 1 timestamp "2026-06-30 00:00:00.000000"
-- 2 timestamp "2026-04-01 00:00:00.000000"
-- 3 integer "3"
-- 4 text "EU"
-- 5 text "Loyal"
-- 6 text "Others"
