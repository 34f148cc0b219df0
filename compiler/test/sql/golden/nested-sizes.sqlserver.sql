with
  [customer_rows] as (
    select
      cast([t].[customer_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as [customer_id],
      cast([t].[credit] as decimal(31, 2)) as [credit]
    from [crm].[customers] as [t]
    where (cast(switchoffset(cast([t].[signed_up_at] as datetimeoffset(6)), '+00:00') as datetime2(6)) is null or cast(switchoffset(cast([t].[signed_up_at] as datetimeoffset(6)), '+00:00') as datetime2(6)) < cast(@p1 as datetime2(6)))
      and (cast(switchoffset(cast([t].[deleted_at] as datetimeoffset(6)), '+00:00') as datetime2(6)) is null or cast(switchoffset(cast([t].[deleted_at] as datetimeoffset(6)), '+00:00') as datetime2(6)) >= cast(@p1 as datetime2(6)))
      and case when cast([t].[is_test] as bit) = 1 then 0 else 1 end = 1
  ),
  [purchase_rows] as (
    select
      [r].[customer_id] as [customer_id],
      [r].[ordered_at] as [ordered_at],
      [r].[order_id] as [order_id],
      [r].[product_id] as [product_id]
    from (
      select
        cast([t].[customer_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as [customer_id],
        cast(switchoffset(cast([t].[ordered_at] as datetimeoffset(6)), '+00:00') as datetime2(6)) as [ordered_at],
        cast([t].[order_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as [order_id],
        cast([t].[product_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as [product_id],
        (cast(cast([t].[order_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1)) as [part],
        row_number() over (partition by (cast(cast([t].[order_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1)) order by cast(switchoffset(cast([t].[ordered_at] as datetimeoffset(6)), '+00:00') as datetime2(6)), case when cast([t].[amount] as decimal(31, 2)) is null then 0 else 1 end, cast([t].[amount] as decimal(31, 2)), case when cast([t].[category] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 is null then 0 else 1 end, (cast(cast([t].[category] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1)), case when cast([t].[customer_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 is null then 0 else 1 end, (cast(cast([t].[customer_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1)), case when cast([t].[event_name] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 is null then 0 else 1 end, (cast(cast([t].[event_name] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1)), case when cast([t].[product_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 is null then 0 else 1 end, (cast(cast([t].[product_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1))) as [number]
      from [crm].[events] as [t]
      inner join [customer_rows] as [customer] on (cast([customer].[customer_id] as varchar(max)) + char(1)) = (cast(cast([t].[customer_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1))
      where cast(switchoffset(cast([t].[ordered_at] as datetimeoffset(6)), '+00:00') as datetime2(6)) < cast(@p1 as datetime2(6))
        and (cast(cast([t].[event_name] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1)) = (cast(cast(@p2 as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1))
    ) as [r]
    where [r].[part] is null or [r].[number] = 1
  ),
  [purchases_numbered] as (
    select
      [customer].[customer_id] as [owner],
      [purchase].[order_id] as [order_id],
      [customer].[credit] as [credit],
      [purchase].[product_id] as [product_id],
      row_number() over (order by (cast([customer].[customer_id] as varchar(max)) + char(1)), (cast([purchase].[order_id] as varchar(max)) + char(1)), [customer].[credit], (cast([purchase].[product_id] as varchar(max)) + char(1))) as [number]
    from [customer_rows] as [customer]
    inner join [purchase_rows] as [purchase] on (cast([purchase].[customer_id] as varchar(max)) + char(1)) = (cast([customer].[customer_id] as varchar(max)) + char(1))
    where [purchase].[ordered_at] >= cast(@p3 as datetime2(6))
  ),
  [item_rows] as (
    select
      cast([t].[order_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as [order_id],
      cast([t].[price] as decimal(31, 2)) as [price]
    from [shop].[items] as [t]
  ),
  [items_by_purchases] as (
    select
      [purchases].[number] as [owner],
      count_big(*) as [count]
    from [purchases_numbered] as [purchases]
    inner join [item_rows] as [item] on (cast([item].[order_id] as varchar(max)) + char(1)) = (cast([purchases].[order_id] as varchar(max)) + char(1))
    where [item].[price] > [purchases].[credit]
    group by [purchases].[number]
  ),
  [product_rows] as (
    select
      cast([t].[product_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as [product_id],
      cast([t].[brand] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as [brand]
    from [shop].[products] as [t]
  ),
  [purchases_by_customer] as (
    select
      min([purchases].[owner]) as [owner],
      count_big(*) as [count]
    from [purchases_numbered] as [purchases]
    left join [items_by_purchases] as [items] on [items].[owner] = [purchases].[number]
    left join [product_rows] as [product] on (cast([product].[product_id] as varchar(max)) + char(1)) = (cast([purchases].[product_id] as varchar(max)) + char(1))
    where [items].[count] > 0
      and (cast([product].[brand] as varchar(max)) + char(1)) = (cast(cast(@p4 as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1))
    group by (cast([purchases].[owner] as varchar(max)) + char(1))
  ),
  [visit_rows] as (
    select
      cast([t].[customer_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as [customer_id],
      cast([t].[visited_on] as date) as [visited_on],
      cast([t].[page] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as [page],
      cast([t].[seconds] as bigint) as [seconds]
    from [crm].[visits] as [t]
    where cast([t].[visited_on] as date) < cast(@p5 as date)
  ),
  [customer_visits] as (
    select
      [r].[owner] as [owner],
      [r].[page] as [page]
    from (
      select
        [visit].[customer_id] as [owner],
        [visit].[page] as [page],
        row_number() over (partition by (cast([visit].[customer_id] as varchar(max)) + char(1)) order by [visit].[visited_on] desc, case when [visit].[page] is null then 0 else 1 end desc, (cast([visit].[page] as varchar(max)) + char(1)) desc, case when [visit].[seconds] is null then 0 else 1 end desc, [visit].[seconds] desc, case when [visit].[customer_id] is null then 0 else 1 end desc, (cast([visit].[customer_id] as varchar(max)) + char(1)) desc) as [number]
      from [visit_rows] as [visit]
    ) as [r]
    where [r].[number] = 1
  )
select
  count_big(*) as [population],
  count_big(case when coalesce([purchases].[count], 0) > cast(@p6 as bigint) and (cast([visits].[page] as varchar(max)) + char(1)) = (cast(cast(@p7 as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1)) then 1 end) as [nested]
from [customer_rows] as [customer]
left join [purchases_by_customer] as [purchases] on (cast([purchases].[owner] as varchar(max)) + char(1)) = (cast([customer].[customer_id] as varchar(max)) + char(1))
left join [customer_visits] as [visits] on (cast([visits].[owner] as varchar(max)) + char(1)) = (cast([customer].[customer_id] as varchar(max)) + char(1));
-- 1 timestamp "2026-06-30 00:00:00"
-- 2 text "purchase"
-- 3 timestamp "2026-04-01 00:00:00"
-- 4 text "Acme"
-- 5 date "2026-06-30"
-- 6 integer "1"
-- 7 text "pricing"
