with
  `customer_rows` as (
    select
      convert(`t`.`customer_id` using utf8mb4) collate utf8mb4_nopad_bin as `customer_id`,
      convert(`t`.`region` using utf8mb4) collate utf8mb4_nopad_bin as `region`
    from `crm`.`customers` as `t`
  ),
  `purchase_rows` as (
    select
      convert(`t`.`customer_id` using utf8mb4) collate utf8mb4_nopad_bin as `customer_id`,
      `t`.`ordered_at` as `ordered_at`
    from `crm`.`purchases` as `t`
    where `t`.`ordered_at` < cast(? as datetime(6))
  ),
  `customer_purchases` as (
    select
      `purchase`.`customer_id` as `owner`,
      count(*) as `count`
    from `purchase_rows` as `purchase`
    where `purchase`.`ordered_at` >= cast(? as datetime(6))
    group by `purchase`.`customer_id`
  )
select `customer`.`customer_id` as `key`
from `customer_rows` as `customer`
left join `customer_purchases` as `purchases` on `purchases`.`owner` = `customer`.`customer_id`
where coalesce(`purchases`.`count`, 0) > cast(? as signed)
  and `customer`.`region` = cast(? as char character set utf8mb4) collate utf8mb4_nopad_bin
order by `customer`.`customer_id`;
-- 1 text "2026-06-30 00:00:00.000000"
-- 2 text "2026-04-01 00:00:00.000000"
-- 3 integer "3"
-- 4 text "EU"
