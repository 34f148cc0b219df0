with
  [customer_rows] as (
    select
      cast([t].[customer_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as [customer_id],
      cast([t].[Cust Region] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as [region],
      cast([x1].[churn_risk] as float) as [churn_risk],
      cast([t].[marketing_consent] as bit) as [marketing_consent]
    from [crm].[customers] as [t]
    left join [churn_scores] as [x1] on (cast(cast([x1].[customer_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1)) = (cast(cast([t].[customer_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1))
    where (cast(switchoffset(cast([t].[signed_up_at] as datetimeoffset(6)), '+00:00') as datetime2(6)) is null or cast(switchoffset(cast([t].[signed_up_at] as datetimeoffset(6)), '+00:00') as datetime2(6)) < cast(@p1 as datetime2(6)))
      and (cast(switchoffset(cast([t].[deleted_at] as datetimeoffset(6)), '+00:00') as datetime2(6)) is null or cast(switchoffset(cast([t].[deleted_at] as datetimeoffset(6)), '+00:00') as datetime2(6)) >= cast(@p1 as datetime2(6)))
      and case when cast([t].[is_test] as bit) = 1 then 0 else 1 end = 1
  ),
  [purchase_rows] as (
    select
      [r].[customer_id] as [customer_id],
      [r].[ordered_at] as [ordered_at],
      [r].[amount] as [amount]
    from (
      select
        cast([t].[customer_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as [customer_id],
        cast(switchoffset(cast([t].[ordered_at] as datetimeoffset(6)), '+00:00') as datetime2(6)) as [ordered_at],
        cast([t].[amount] as decimal(31, 2)) as [amount],
        (cast(cast([t].[order_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1)) as [part],
        row_number() over (partition by (cast(cast([t].[order_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1)) order by cast(switchoffset(cast([t].[ordered_at] as datetimeoffset(6)), '+00:00') as datetime2(6)), case when cast([t].[amount] as decimal(31, 2)) is null then 0 else 1 end, cast([t].[amount] as decimal(31, 2)), case when cast([t].[category] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 is null then 0 else 1 end, (cast(cast([t].[category] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1)), case when cast([t].[customer_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 is null then 0 else 1 end, (cast(cast([t].[customer_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1)), case when cast([t].[event_name] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 is null then 0 else 1 end, (cast(cast([t].[event_name] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1)), case when cast([t].[product_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 is null then 0 else 1 end, (cast(cast([t].[product_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1))) as [number]
      from [crm].[events] as [t]
      inner join [customer_rows] as [customer] on (cast([customer].[customer_id] as varchar(max)) + char(1)) = (cast(cast([t].[customer_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1))
      where cast(switchoffset(cast([t].[ordered_at] as datetimeoffset(6)), '+00:00') as datetime2(6)) < cast(@p1 as datetime2(6))
        and (cast(cast([t].[event_name] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1)) = (cast(cast(@p2 as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1))
    ) as [r]
    where [r].[part] is null or [r].[number] = 1
  ),
  [customer_purchases] as (
    select
      min([purchase].[customer_id]) as [owner],
      count_big(case when [purchase].[ordered_at] >= cast(@p3 as datetime2(6)) then 1 end) as [count],
      cast(sum([purchase].[amount]) as decimal(38, 9)) as [sum_amount],
      count_big(case when [purchase].[ordered_at] >= cast(@p4 as datetime2(6)) then 1 end) as [count_2]
    from [purchase_rows] as [purchase]
    where [purchase].[ordered_at] >= cast(@p5 as datetime2(6))
    group by (cast([purchase].[customer_id] as varchar(max)) + char(1))
  )
select
  [customer].[customer_id] as [key],
  case when coalesce([purchases].[count], 0) > cast(@p6 as bigint) and (cast([customer].[region] as varchar(max)) + char(1)) = (cast(cast(@p7 as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1)) then 1 else 0 end as [loyal],
  case when coalesce([purchases].[sum_amount], 0) >= cast(@p8 as decimal(31, 2)) and coalesce([purchases].[count_2], 0) = 0 and [customer].[churn_risk] > cast(@p9 as float) and [customer].[marketing_consent] = 1 and (coalesce([purchases].[count], 0) <= cast(@p6 as bigint) or case when (cast([customer].[region] as varchar(max)) + char(1)) = (cast(cast(@p7 as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1)) then 0 else 1 end = 1) then 1 else 0 end as [winback]
from [customer_rows] as [customer]
left join [customer_purchases] as [purchases] on (cast([purchases].[owner] as varchar(max)) + char(1)) = (cast([customer].[customer_id] as varchar(max)) + char(1))
order by (cast([customer].[customer_id] as varchar(max)) + char(1));
-- 1 timestamp "2026-06-30 00:00:00"
-- 2 text "purchase"
-- 3 timestamp "2026-04-01 00:00:00"
-- 4 timestamp "2026-01-01 00:00:00"
-- 5 timestamp "2024-06-30 00:00:00"
-- 6 integer "3"
-- 7 text "EU"
-- 8 decimal "500"
-- 9 float 0.4
