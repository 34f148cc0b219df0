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
    where cast(switchoffset(cast([t].[ordered_at] as datetimeoffset(6)), '+00:00') as datetime2(6)) < cast(@p1 as datetime2(6))
  ),
  [customer_purchases] as (
    select
      min([purchase].[customer_id]) as [owner],
      count_big(*) as [count]
    from [purchase_rows] as [purchase]
    where [purchase].[ordered_at] >= cast(@p2 as datetime2(6))
    group by (cast([purchase].[customer_id] as varchar(max)) + char(1))
  ),
  [flags] as (
    select
      [customer].[customer_id] as [key],
      case when coalesce([purchases].[count], 0) > cast(@p3 as bigint) and (cast([customer].[region] as varchar(max)) + char(1)) = (cast(cast(@p4 as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1)) then 1 else 0 end as [loyal],
      case when coalesce([purchases].[count], 0) <= cast(@p3 as bigint) or case when (cast([customer].[region] as varchar(max)) + char(1)) = (cast(cast(@p4 as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1)) then 0 else 1 end = 1 then 1 else 0 end as [others]
    from [customer_rows] as [customer]
    left join [customer_purchases] as [purchases] on (cast([purchases].[owner] as varchar(max)) + char(1)) = (cast([customer].[customer_id] as varchar(max)) + char(1))
  ),
  [asked] as (
    select
      0 as [place],
      cast(@p5 as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as [segment]
    union all
    select
      1 as [place],
      cast(@p6 as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as [segment]
  )
select
  [asked].[segment] as [segment],
  [flags].[key] as [key]
from [flags]
cross join [asked]
where case when [asked].[place] < 1 then [flags].[loyal] else [flags].[others] end = 1
order by [asked].[place], (cast([flags].[key] as varchar(max)) + char(1));
-- 1 timestamp "2026-06-30 00:00:00"
-- 2 timestamp "2026-04-01 00:00:00"
-- 3 integer "3"
-- 4 text "EU"
-- 5 text "Loyal"
-- 6 text "Others"
