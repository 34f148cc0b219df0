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
  ),
  `flags` as (
    select
      `customer`.`customer_id` as `key`,
      case when coalesce(`purchases`.`count`, 0) > cast(? as signed) and `customer`.`region` = cast(? as char character set utf8mb4) collate utf8mb4_nopad_bin then 1 else 0 end as `loyal`,
      case when coalesce(`purchases`.`count`, 0) <= cast(? as signed) or case when `customer`.`region` = cast(? as char character set utf8mb4) collate utf8mb4_nopad_bin then 0 else 1 end = 1 then 1 else 0 end as `others`
    from `customer_rows` as `customer`
    left join `customer_purchases` as `purchases` on `purchases`.`owner` = `customer`.`customer_id`
  ),
  `asked` as (
    select
      0 as `place`,
      cast(? as char character set utf8mb4) collate utf8mb4_nopad_bin as `segment`
    union all
    select
      1 as `place`,
      cast(? as char character set utf8mb4) collate utf8mb4_nopad_bin as `segment`
  )
select
  `asked`.`segment` as `segment`,
  `flags`.`key` as `key`
from `flags`
cross join `asked`
where case when `asked`.`place` < 1 then `flags`.`loyal` else `flags`.`others` end = 1
order by `asked`.`place`, `flags`.`key`;
-- 1 text "2026-06-30 00:00:00.000000"
-- 2 text "2026-04-01 00:00:00.000000"
-- 3 integer "3"
-- 4 text "EU"
-- 5 integer "3"
-- 6 text "EU"
-- 7 text "Loyal"
-- 8 text "Others"
