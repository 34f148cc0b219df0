with
  `customer_rows` as (
    select
      convert(`t`.`customer_id` using utf8mb4) collate utf8mb4_nopad_bin as `customer_id`,
      convert(`t`.`Cust Region` using utf8mb4) collate utf8mb4_nopad_bin as `region`,
      cast(`x1`.`churn_risk` as double) as `churn_risk`,
      (`t`.`marketing_consent` <> 0) as `marketing_consent`
    from `crm`.`customers` as `t`
    left join `churn_scores` as `x1` on convert(`x1`.`customer_id` using utf8mb4) collate utf8mb4_nopad_bin = convert(`t`.`customer_id` using utf8mb4) collate utf8mb4_nopad_bin
    where (`t`.`signed_up_at` is null or `t`.`signed_up_at` < cast(? as datetime(6)))
      and (`t`.`deleted_at` is null or `t`.`deleted_at` >= cast(? as datetime(6)))
      and case when (`t`.`is_test` <> 0) then 0 else 1 end = 1
  ),
  `purchase_rows` as (
    select
      `r`.`customer_id` as `customer_id`,
      `r`.`ordered_at` as `ordered_at`,
      `r`.`amount` as `amount`
    from (
      select
        convert(`t`.`customer_id` using utf8mb4) collate utf8mb4_nopad_bin as `customer_id`,
        `t`.`ordered_at` as `ordered_at`,
        cast(`t`.`amount` as decimal(38, 2)) as `amount`,
        convert(`t`.`order_id` using utf8mb4) collate utf8mb4_nopad_bin as `part`,
        row_number() over (partition by convert(`t`.`order_id` using utf8mb4) collate utf8mb4_nopad_bin order by `t`.`ordered_at`, case when cast(`t`.`amount` as decimal(38, 2)) is null then 0 else 1 end, cast(`t`.`amount` as decimal(38, 2)), case when convert(`t`.`category` using utf8mb4) collate utf8mb4_nopad_bin is null then 0 else 1 end, convert(`t`.`category` using utf8mb4) collate utf8mb4_nopad_bin, case when convert(`t`.`customer_id` using utf8mb4) collate utf8mb4_nopad_bin is null then 0 else 1 end, convert(`t`.`customer_id` using utf8mb4) collate utf8mb4_nopad_bin, case when convert(`t`.`event_name` using utf8mb4) collate utf8mb4_nopad_bin is null then 0 else 1 end, convert(`t`.`event_name` using utf8mb4) collate utf8mb4_nopad_bin, case when convert(`t`.`product_id` using utf8mb4) collate utf8mb4_nopad_bin is null then 0 else 1 end, convert(`t`.`product_id` using utf8mb4) collate utf8mb4_nopad_bin) as `number`
      from `crm`.`events` as `t`
      inner join `customer_rows` as `customer` on `customer`.`customer_id` = convert(`t`.`customer_id` using utf8mb4) collate utf8mb4_nopad_bin
      where `t`.`ordered_at` < cast(? as datetime(6))
        and convert(`t`.`event_name` using utf8mb4) collate utf8mb4_nopad_bin = cast(? as char character set utf8mb4) collate utf8mb4_nopad_bin
    ) as `r`
    where `r`.`part` is null or `r`.`number` = 1
  ),
  `customer_purchases` as (
    select
      `purchase`.`customer_id` as `owner`,
      count(case when `purchase`.`ordered_at` >= cast(? as datetime(6)) then 1 end) as `count`,
      case when abs(sum(`purchase`.`amount`)) >= 100000000000000000000000000000 then 9223372036854775807 + 1 else sum(`purchase`.`amount`) end as `sum_amount`,
      count(case when `purchase`.`ordered_at` >= cast(? as datetime(6)) then 1 end) as `count_2`
    from `purchase_rows` as `purchase`
    where `purchase`.`ordered_at` >= cast(? as datetime(6))
    group by `purchase`.`customer_id`
  )
select
  `customer`.`customer_id` as `key`,
  case when coalesce(`purchases`.`count`, 0) > cast(? as signed) and `customer`.`region` = cast(? as char character set utf8mb4) collate utf8mb4_nopad_bin then 1 else 0 end as `loyal`,
  case when coalesce(`purchases`.`sum_amount`, 0) >= cast(? as decimal(65, 2)) and coalesce(`purchases`.`count_2`, 0) = 0 and `customer`.`churn_risk` > cast(? as double) and `customer`.`marketing_consent` and (coalesce(`purchases`.`count`, 0) <= cast(? as signed) or case when `customer`.`region` = cast(? as char character set utf8mb4) collate utf8mb4_nopad_bin then 0 else 1 end = 1) then 1 else 0 end as `winback`
from `customer_rows` as `customer`
left join `customer_purchases` as `purchases` on `purchases`.`owner` = `customer`.`customer_id`
order by `customer`.`customer_id`;
-- 1 text "2026-06-30 00:00:00.000000"
-- 2 text "2026-06-30 00:00:00.000000"
-- 3 text "2026-06-30 00:00:00.000000"
-- 4 text "purchase"
-- 5 text "2026-04-01 00:00:00.000000"
-- 6 text "2026-01-01 00:00:00.000000"
-- 7 text "2024-06-30 00:00:00.000000"
-- 8 integer "3"
-- 9 text "EU"
-- 10 decimal "500"
-- 11 float 0.4
-- 12 integer "3"
-- 13 text "EU"
