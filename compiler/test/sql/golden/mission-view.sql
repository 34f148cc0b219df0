with
  "clock" as (select "n"."now" as "now", ("n"."now" + to_seconds((-7776000))) as "at2" from (select cast(current_timestamp at time zone 'UTC' as timestamp) as "now") as "n"),
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
    cross join "clock"
    where cast("t"."ordered_at" as timestamp) < "clock"."now"
  ),
  "customer_purchases" as (
    select
      "purchase"."customer_id" as "owner",
      count(*) as "count"
    from "purchase_rows" as "purchase"
    cross join "clock"
    where "purchase"."ordered_at" >= "clock"."at2"
    group by "purchase"."customer_id"
  )
select "customer"."customer_id" as "key"
from "customer_rows" as "customer"
left join "customer_purchases" as "purchases" on "purchases"."owner" = "customer"."customer_id"
where coalesce("purchases"."count", 0) > 3
  and "customer"."region" = 'EU';
