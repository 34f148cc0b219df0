with
  [customer_rows] as (
    select cast([t].[customer_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as [customer_id]
    from [crm].[customers] as [t]
    where (cast(switchoffset(cast([t].[signed_up_at] as datetimeoffset(6)), '+00:00') as datetime2(6)) is null or cast(switchoffset(cast([t].[signed_up_at] as datetimeoffset(6)), '+00:00') as datetime2(6)) < cast(@p1 as datetime2(6)))
      and (cast(switchoffset(cast([t].[deleted_at] as datetimeoffset(6)), '+00:00') as datetime2(6)) is null or cast(switchoffset(cast([t].[deleted_at] as datetimeoffset(6)), '+00:00') as datetime2(6)) >= cast(@p1 as datetime2(6)))
      and case when cast([t].[is_test] as bit) = 1 then 0 else 1 end = 1
  ),
  [keys] as (
    select
      min([customer].[customer_id]) as [key],
      count_big(*) as [rows]
    from [customer_rows] as [customer]
    group by (cast([customer].[customer_id] as varchar(max)) + char(1))
  )
select
  [p].[problem] as [problem],
  [p].[key] as [key],
  [p].[count] as [count]
from (
  select
    'missingKey' as [problem],
    cast(@p2 as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as [key],
    [k].[rows] as [count],
    0 as [place]
  from [keys] as [k]
  where [k].[key] is null
  union all
  select
    'duplicateKey' as [problem],
    [d].[key] as [key],
    [d].[count] as [count],
    [d].[place] as [place]
  from (
    select
      [k].[key] as [key],
      count_big(*) over () as [count],
      row_number() over (order by (cast([k].[key] as varchar(max)) + char(1))) as [place]
    from [keys] as [k]
    where [k].[key] is not null and [k].[rows] > 1
  ) as [d]
  where [d].[place] <= 3
) as [p]
order by [p].[place];
-- 1 timestamp "2026-06-30 00:00:00"
-- 2 text null

with
  [keys] as (
    select
      min(cast([t].[customer_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8) as [key],
      count_big(*) as [rows]
    from [churn_scores] as [t]
    group by (cast(cast([t].[customer_id] as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as varchar(max)) + char(1))
  )
select
  [p].[problem] as [problem],
  [p].[key] as [key],
  [p].[count] as [count]
from (
  select
    'missingKey' as [problem],
    cast(@p1 as nvarchar(max)) collate Latin1_General_100_BIN2_UTF8 as [key],
    [k].[rows] as [count],
    0 as [place]
  from [keys] as [k]
  where [k].[key] is null
  union all
  select
    'duplicateKey' as [problem],
    [d].[key] as [key],
    [d].[count] as [count],
    [d].[place] as [place]
  from (
    select
      [k].[key] as [key],
      count_big(*) over () as [count],
      row_number() over (order by (cast([k].[key] as varchar(max)) + char(1))) as [place]
    from [keys] as [k]
    where [k].[key] is not null and [k].[rows] > 1
  ) as [d]
  where [d].[place] <= 3
) as [p]
order by [p].[place];
-- 1 text null
