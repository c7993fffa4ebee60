import { count } from '../../control/columns.sql.ts';

const old = 'created_at < clock_timestamp() - make_interval(days => $1)';

/** No more than this is removed; what is still needed stays. $1 days */
export const oldRecordsSql = `select ${count(`(select count(*) from towpath.migration_checkpoints where ${old})
  + (select count(*) from towpath.migration_errors where ${old}) + (select count(*) from towpath.artifacts where ${old})`)} as rows`;
