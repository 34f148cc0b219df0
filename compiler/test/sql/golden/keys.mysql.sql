with
  `customer_rows` as (
    select convert(`t`.`customer_id` using utf8mb4) collate utf8mb4_0900_bin as `customer_id`
    from `crm`.`customers` as `t`
    where (`t`.`signed_up_at` is null or `t`.`signed_up_at` < cast(? as datetime(6)))
      and (`t`.`deleted_at` is null or `t`.`deleted_at` >= cast(? as datetime(6)))
      and case when (`t`.`is_test` <> 0) then 0 else 1 end = 1
  ),
  `keys` as (
    select
      `customer`.`customer_id` as `key`,
      cast(count(*) as signed) as `rows`
    from `customer_rows` as `customer`
    group by `customer`.`customer_id`
  )
select
  `p`.`problem` as `problem`,
  `p`.`key` as `key`,
  `p`.`count` as `count`
from (
  select
    'missingKey' as `problem`,
    cast(? as char character set utf8mb4) collate utf8mb4_0900_bin as `key`,
    `k`.`rows` as `count`,
    0 as `place`
  from `keys` as `k`
  where `k`.`key` is null
  union all
  select
    'duplicateKey' as `problem`,
    `d`.`key` as `key`,
    `d`.`count` as `count`,
    `d`.`place` as `place`
  from (
    select
      `k`.`key` as `key`,
      count(*) over () as `count`,
      row_number() over (order by `k`.`key`) as `place`
    from `keys` as `k`
    where `k`.`key` is not null and `k`.`rows` > 1
  ) as `d`
  where `d`.`place` <= 3
) as `p`
order by `p`.`place`;
-- 1 text "2026-06-30 00:00:00.000000"
-- 2 text "2026-06-30 00:00:00.000000"
-- 3 text null

with
  `keys` as (
    select
      convert(`t`.`customer_id` using utf8mb4) collate utf8mb4_0900_bin as `key`,
      cast(count(*) as signed) as `rows`
    from `churn_scores` as `t`
    group by convert(`t`.`customer_id` using utf8mb4) collate utf8mb4_0900_bin
  )
select
  `p`.`problem` as `problem`,
  `p`.`key` as `key`,
  `p`.`count` as `count`
from (
  select
    'missingKey' as `problem`,
    cast(? as char character set utf8mb4) collate utf8mb4_0900_bin as `key`,
    `k`.`rows` as `count`,
    0 as `place`
  from `keys` as `k`
  where `k`.`key` is null
  union all
  select
    'duplicateKey' as `problem`,
    `d`.`key` as `key`,
    `d`.`count` as `count`,
    `d`.`place` as `place`
  from (
    select
      `k`.`key` as `key`,
      count(*) over () as `count`,
      row_number() over (order by `k`.`key`) as `place`
    from `keys` as `k`
    where `k`.`key` is not null and `k`.`rows` > 1
  ) as `d`
  where `d`.`place` <= 3
) as `p`
order by `p`.`place`;
-- 1 text null
