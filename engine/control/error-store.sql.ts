import { count, isoTime } from './columns.sql.ts';

export const addErrorSql = `insert into towpath.migration_errors
    (run_id, entity, batch_id, code, severity, message, details, attempt, step, kind, strategy, outcome)
  values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10, $11, $12)`;

/** $1 run, $2 entity, $3 limit */
export const listErrorsSql = `select run_id as "runId", entity, batch_id as "batchId", code, severity, message, details, attempt,
    step, kind, strategy, outcome, ${isoTime('created_at')} as "createdAt"
  from towpath.migration_errors where run_id = $1 and ($2::text is null or entity = $2) order by id desc limit $3`;

export const countErrorsSql = `select code, severity, ${count('count(*)')} as times from towpath.migration_errors
  where run_id = $1 group by code, severity order by count(*) desc, code`;

export const deleteErrorsSql = `delete from towpath.migration_errors
  where created_at < clock_timestamp() - make_interval(days => $1) returning id`;

/** An entity whose lanes all met the same wall is one thing that a person has to look at. $1 run */
export const countRecoveriesSql = `select kind, ${count("count(*) filter (where outcome = 'recovered')")} as recovered,
    ${count("count(distinct coalesce(entity, '')) filter (where outcome = 'gave-up')")} as "gaveUp"
  from towpath.migration_errors where run_id = $1 and outcome is not null and kind is not null group by kind order by kind`;
