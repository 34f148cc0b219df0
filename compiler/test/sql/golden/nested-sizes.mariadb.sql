with
  `customer_rows` as (
    select
      convert(`t`.`customer_id` using utf8mb4) collate utf8mb4_nopad_bin as `customer_id`,
      cast(`t`.`credit` as decimal(38, 2)) as `credit`
    from `crm`.`customers` as `t`
    where (`t`.`signed_up_at` is null or `t`.`signed_up_at` < cast(? as datetime(6)))
      and (`t`.`deleted_at` is null or `t`.`deleted_at` >= cast(? as datetime(6)))
      and case when (`t`.`is_test` <> 0) then 0 else 1 end = 1
  ),
  `purchase_rows` as (
    select
      `r`.`customer_id` as `customer_id`,
      `r`.`ordered_at` as `ordered_at`,
      `r`.`order_id` as `order_id`,
      `r`.`product_id` as `product_id`
    from (
      select
        convert(`t`.`customer_id` using utf8mb4) collate utf8mb4_nopad_bin as `customer_id`,
        `t`.`ordered_at` as `ordered_at`,
        convert(`t`.`order_id` using utf8mb4) collate utf8mb4_nopad_bin as `order_id`,
        convert(`t`.`product_id` using utf8mb4) collate utf8mb4_nopad_bin as `product_id`,
        convert(`t`.`order_id` using utf8mb4) collate utf8mb4_nopad_bin as `part`,
        row_number() over (partition by convert(`t`.`order_id` using utf8mb4) collate utf8mb4_nopad_bin order by `t`.`ordered_at`, case when cast(`t`.`amount` as decimal(38, 2)) is null then 0 else 1 end, cast(`t`.`amount` as decimal(38, 2)), case when convert(`t`.`category` using utf8mb4) collate utf8mb4_nopad_bin is null then 0 else 1 end, convert(`t`.`category` using utf8mb4) collate utf8mb4_nopad_bin, case when convert(`t`.`customer_id` using utf8mb4) collate utf8mb4_nopad_bin is null then 0 else 1 end, convert(`t`.`customer_id` using utf8mb4) collate utf8mb4_nopad_bin, case when convert(`t`.`event_name` using utf8mb4) collate utf8mb4_nopad_bin is null then 0 else 1 end, convert(`t`.`event_name` using utf8mb4) collate utf8mb4_nopad_bin, case when convert(`t`.`product_id` using utf8mb4) collate utf8mb4_nopad_bin is null then 0 else 1 end, convert(`t`.`product_id` using utf8mb4) collate utf8mb4_nopad_bin) as `number`
      from `crm`.`events` as `t`
      inner join `customer_rows` as `customer` on `customer`.`customer_id` = convert(`t`.`customer_id` using utf8mb4) collate utf8mb4_nopad_bin
      where `t`.`ordered_at` < cast(? as datetime(6))
        and convert(`t`.`event_name` using utf8mb4) collate utf8mb4_nopad_bin = cast(? as char character set utf8mb4) collate utf8mb4_nopad_bin
    ) as `r`
    where `r`.`part` is null or `r`.`number` = 1
  ),
  `purchases_numbered` as (
    select
      `customer`.`customer_id` as `owner`,
      `purchase`.`order_id` as `order_id`,
      `customer`.`credit` as `credit`,
      `purchase`.`product_id` as `product_id`,
      row_number() over (order by `customer`.`customer_id`, `purchase`.`order_id`, `customer`.`credit`, `purchase`.`product_id`) as `number`
    from `customer_rows` as `customer`
    inner join `purchase_rows` as `purchase` on `purchase`.`customer_id` = `customer`.`customer_id`
    where `purchase`.`ordered_at` >= cast(? as datetime(6))
  ),
  `item_rows` as (
    select
      convert(`t`.`order_id` using utf8mb4) collate utf8mb4_nopad_bin as `order_id`,
      cast(`t`.`price` as decimal(38, 2)) as `price`
    from `shop`.`items` as `t`
  ),
  `items_by_purchases` as (
    select
      `purchases`.`number` as `owner`,
      count(*) as `count`
    from `purchases_numbered` as `purchases`
    inner join `item_rows` as `item` on `item`.`order_id` = `purchases`.`order_id`
    where `item`.`price` > `purchases`.`credit`
    group by `purchases`.`number`
  ),
  `product_rows` as (
    select
      convert(`t`.`product_id` using utf8mb4) collate utf8mb4_nopad_bin as `product_id`,
      convert(`t`.`brand` using utf8mb4) collate utf8mb4_nopad_bin as `brand`
    from `shop`.`products` as `t`
  ),
  `purchases_by_customer` as (
    select
      `purchases`.`owner` as `owner`,
      count(*) as `count`
    from `purchases_numbered` as `purchases`
    left join `items_by_purchases` as `items` on `items`.`owner` = `purchases`.`number`
    left join `product_rows` as `product` on `product`.`product_id` = `purchases`.`product_id`
    where `items`.`count` > 0
      and `product`.`brand` = cast(? as char character set utf8mb4) collate utf8mb4_nopad_bin
    group by `purchases`.`owner`
  ),
  `visit_rows` as (
    select
      convert(`t`.`customer_id` using utf8mb4) collate utf8mb4_nopad_bin as `customer_id`,
      `t`.`visited_on` as `visited_on`,
      convert(`t`.`page` using utf8mb4) collate utf8mb4_nopad_bin as `page`,
      `t`.`seconds` as `seconds`
    from `crm`.`visits` as `t`
    where `t`.`visited_on` < cast(? as date)
  ),
  `customer_visits` as (
    select
      `r`.`owner` as `owner`,
      `r`.`page` as `page`
    from (
      select
        `visit`.`customer_id` as `owner`,
        `visit`.`page` as `page`,
        row_number() over (partition by `visit`.`customer_id` order by `visit`.`visited_on` desc, case when `visit`.`page` is null then 0 else 1 end desc, `visit`.`page` desc, case when `visit`.`seconds` is null then 0 else 1 end desc, `visit`.`seconds` desc, case when `visit`.`customer_id` is null then 0 else 1 end desc, `visit`.`customer_id` desc) as `number`
      from `visit_rows` as `visit`
    ) as `r`
    where `r`.`number` = 1
  )
select
  count(*) as `population`,
  count(case when coalesce(`purchases`.`count`, 0) > cast(? as signed) and `visits`.`page` = cast(? as char character set utf8mb4) collate utf8mb4_nopad_bin then 1 end) as `nested`
from `customer_rows` as `customer`
left join `purchases_by_customer` as `purchases` on `purchases`.`owner` = `customer`.`customer_id`
left join `customer_visits` as `visits` on `visits`.`owner` = `customer`.`customer_id`;
-- 1 text "2026-06-30 00:00:00.000000"
-- 2 text "2026-06-30 00:00:00.000000"
-- 3 text "2026-06-30 00:00:00.000000"
-- 4 text "purchase"
-- 5 text "2026-04-01 00:00:00.000000"
-- 6 text "Acme"
-- 7 date "2026-06-30"
-- 8 integer "1"
-- 9 text "pricing"
