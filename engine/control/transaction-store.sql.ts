/**
 * Who wrote a row of the target last, asked of PostgreSQL itself: every row carries in `xmin` the transaction that wrote it. A
 * transaction of Towpath's leaves a row in `towpath.run_transactions`, which carries the same number.
 *
 * What a row's `xmin` outlives: vacuum, freezing (since 9.4 the number stays), `vacuum full`, `cluster`, pg_upgrade.
 * What it does not outlive: dump and restore, and an `alter table` that writes the table anew; then the rows are not known to be
 * Towpath's, and their content has to tell. What it never does is call a foreign row ours: numbers come again only after 2^32
 * transactions, and entries that old do not count; nor do entries whose own `xmin` is not the number they hold, which were restored
 * from a dump of another server.
 */

/** $1 run. In the transaction that writes the rows. */
export const enterTransactionSql =
  'insert into towpath.run_transactions (run_id, xid) values ($1, txid_current())';

/** SQL that is true of a row whose last writer was no run of Towpath's. */
export function foreignRowSql(row = 't'): string {
  return `not exists (select from towpath.run_transactions w where w.xmin = ${row}.xmin
    and w.xmin::text::bigint = w.xid % 4294967296
    and w.xid > txid_snapshot_xmax(txid_current_snapshot()) - 4294967296)`;
}

/**
 * SQL that is true of a row that was written since the run's first transaction. The number of a row written more than 2^32
 * transactions ago has come again, so it may be true of that as well: it narrows down, it does not prove. `run`: SQL of the run's id
 */
export function sinceRunSql(run: string, row = 't'): string {
  const next = 'txid_snapshot_xmax(txid_current_snapshot())';
  const back = `((${next} % 4294967296) - ${row}.xmin::text::bigint + 4294967296) % 4294967296`;
  return `(${next} - ${back}) >= (select min(w.xid) from towpath.run_transactions w where w.run_id = ${run}
      and w.xmin::text::bigint = w.xid % 4294967296)`;
}

/** $1 run. `entered`: it wrote itself down; `known`: and in this very database. */
export const knownTransactionsSql = `select count(*)::int as entered,
    (count(*) filter (where xmin::text::bigint = xid % 4294967296))::int as known
  from towpath.run_transactions where run_id = $1`;
