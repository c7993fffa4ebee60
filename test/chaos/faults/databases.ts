/** What other sessions and administrators do to a database while a run works in it. */
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { connectTo } from '../chaos-server.ts';
import type { Fault, Side } from '../schedule.ts';
import type { Actor } from './start-faults.ts';

type Of<K extends Fault['kind']> = Extract<Fault, { kind: K }>;

const OURS = `datname = current_database() and application_name like 'towpath/%'`;

/** New sessions write nothing, and the old ones are ended, as a provider does whose disk ran full. */
export async function turnReadOnly(
  fault: Of<'read-only'>,
  { place, reached, sleep }: Actor,
): Promise<boolean> {
  if (!(await reached(fault))) return false;
  const { target } = place.lane.servers;
  const name = place.databases.target;
  await target.query('postgres', `alter database ${name} set default_transaction_read_only = on`);
  try {
    const ended = await place.query(
      'target',
      `select pg_terminate_backend(pid) from pg_stat_activity where ${OURS}`,
    );
    await sleep(fault.during);
    return ended.length > 0;
  } finally {
    await target.query('postgres', `alter database ${name} reset default_transaction_read_only`);
  }
}

export async function cancelStatements(
  fault: Of<'statement-timeout'>,
  { place, reached, sleep, over }: Actor,
): Promise<boolean> {
  if (!(await reached(fault))) return false;
  let cancelled = 0;
  for (let n = 0; n < fault.times && !over.aborted; n++) {
    const rows = await place.query(
      fault.side,
      `select pg_cancel_backend(pid) from pg_stat_activity where ${OURS} and state = 'active'`,
    );
    cancelled += rows.length;
    await sleep(15);
  }
  return cancelled > 0;
}

export async function terminate(fault: Of<'terminate'>, { place, reached }: Actor): Promise<boolean> {
  if (!(await reached(fault))) return false;
  const some = fault.which === 'one' ? `and pid = (select max(pid) from pg_stat_activity where ${OURS})` : '';
  const rows = await place.query(
    fault.side,
    `select pg_terminate_backend(pid) from pg_stat_activity where ${OURS} ${some}`,
  );
  return rows.length > 0;
}

/**
 * Somebody holds a table for a while: one of the new ones, or Towpath's own ledger; in the source, one that is read. It counts where
 * the lock was really held.
 */
export async function holdLock(fault: Of<'lock'>, { place, reached, sleep, over }: Actor): Promise<boolean> {
  if (!(await reached(fault))) return false;
  const { side } = fault;
  for (let n = fault.table; !over.aborted; n++) {
    const tables = await tablesOf(place, side);
    const table = tables[n % tables.length];
    const held = await inSession(place, side, async (session) => {
      await session.query(
        `begin; set local lock_timeout = '1s'; lock table ${table} in access exclusive mode`,
      );
      await sleep(fault.during);
      await session.query('rollback');
      return true;
    });
    if (held) return true;
  }
  return false;
}

/**
 * It takes two tables in the opposite order of a batch, and never is the one that is sacrificed first. Tried until the server has counted
 * a deadlock, which it does when the session that met it goes on or ends.
 */
export async function makeDeadlock(
  fault: Of<'deadlock'>,
  { place, reached, sleep, over }: Actor,
): Promise<boolean> {
  if (!(await reached(fault))) return false;
  const before = await deadlocksOf(place);
  let met = false;
  while (!met && !over.aborted) {
    met = await inSession(place, 'target', crossBatches);
    if (!met) await sleep(30);
  }
  for (let tries = 0; met && tries < 60; tries++) {
    if ((await deadlocksOf(place)) > before) return true;
    await wait(50);
  }
  // a command that goes on keeps its count to itself for a while
  while (met && !over.aborted) await sleep(100);
  for (let tries = 0; met && tries < 20; tries++) {
    if ((await deadlocksOf(place)) > before) return true;
    await wait(50);
  }
  return false;
}

/** The ledger first, then the table of a batch that has not yet come to the ledger. */
async function crossBatches(session: pg.Client): Promise<boolean> {
  await session.query(`begin; set local deadlock_timeout = '10s'; set local lock_timeout = '3s'`);
  await session.query('lock table towpath.batch_processing_status in share row exclusive mode');
  const { rows } = await session.query<{ name: string }>(
    `select l.relation::regclass::text as name from pg_locks l join pg_class c on c.oid = l.relation join pg_stat_activity a on a.pid = l.pid
      where l.mode = 'RowExclusiveLock' and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.${OURS} limit 1`,
  );
  if (rows[0] !== undefined) await session.query(`lock table ${rows[0].name} in share row exclusive mode`);
  await session.query('rollback');
  return rows[0] !== undefined;
}

async function deadlocksOf(place: Actor['place']): Promise<number> {
  const [row] = await place.query<{ n: number }>(
    'target',
    'select deadlocks::int as n from pg_stat_database where datname = current_database()',
  );
  return row!.n;
}

async function tablesOf(place: Actor['place'], side: Side): Promise<string[]> {
  const rows = await place.query<{ name: string }>(
    side,
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname = 'public' order by 1`,
  );
  const own = side === 'target' ? ['towpath.batch_processing_status', 'towpath.quarantined_rows'] : [];
  return [...rows.map(({ name }) => name), ...own];
}

/** A lock that it does not get is no fault of anybody. */
async function inSession(
  place: Actor['place'],
  side: Side,
  work: (session: pg.Client) => Promise<boolean>,
): Promise<boolean> {
  const session = await connectTo(place.lane.servers[side].url(place.databases[side]));
  try {
    return await work(session);
  } catch (error) {
    if (['55P03', '40P01', '42P01'].includes((error as { code?: string }).code ?? '')) return false;
    throw error;
  } finally {
    await session.end();
  }
}
