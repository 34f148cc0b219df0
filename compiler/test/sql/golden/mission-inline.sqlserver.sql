with
  [customer_rows] as (
    select
      cast([t].[customer_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as [customer_id],
      cast([t].[region] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as [region]
    from [crm].[customers] as [t]
  ),
  [purchase_rows] as (
    select
      cast([t].[customer_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as [customer_id],
      cast(switchoffset(cast([t].[ordered_at] as datetimeoffset(6)), '+00:00') as datetime2(6)) as [ordered_at]
    from [crm].[purchases] as [t]
    where cast(switchoffset(cast([t].[ordered_at] as datetimeoffset(6)), '+00:00') as datetime2(6)) < cast('2026-06-30 00:00:00' as datetime2(6))
  ),
  [customer_purchases] as (
    select
      min([purchase].[customer_id]) as [owner],
      count_big(*) as [count]
    from [purchase_rows] as [purchase]
    where [purchase].[ordered_at] >= cast('2026-04-01 00:00:00' as datetime2(6))
    group by (cast([purchase].[customer_id] as varchar(max)) + char(1))
  )
select [customer].[customer_id] as [key]
from [customer_rows] as [customer]
left join [customer_purchases] as [purchases] on (cast([purchases].[owner] as varchar(max)) + char(1)) = (cast([customer].[customer_id] as varchar(max)) + char(1))
where coalesce([purchases].[count], 0) > 3
  and (cast([customer].[region] as varchar(max)) + char(1)) = (cast(N'EU' collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1))
order by (cast([customer].[customer_id] as varchar(max)) + char(1));
