import { isoTime } from './columns.sql.ts';

const columns = `id::text as id, run_id as "runId", type, status, report, ${isoTime('created_at')} as "createdAt"`;

export const addValidationSql = `insert into towpath.migration_validation_reports (run_id, type, status, report)
  values ($1, $2, $3, $4::jsonb) returning ${columns}`;

/** $1 run, $2 type or null, $3 limit */
export const listValidationsSql = `select ${columns} from towpath.migration_validation_reports
  where run_id = $1 and ($2::text is null or type = $2) order by migration_validation_reports.id desc limit $3`;
