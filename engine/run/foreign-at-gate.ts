/**
 * What others wrote to an entity's rows while it was moved, told before the next level begins: as an event, in the log of errors,
 * and, where the entity is financial, as what keeps the gate closed.
 */
import { entityOf } from '../copy/prepare.ts';
import { MigrationError } from '../core/errors.ts';
import type { Finding } from '../core/findings.ts';
import { createsTable } from '../plan/creates-table.ts';
import { countOf, formatCount } from '../report/words.ts';
import { knowsWriters, readForeignRows } from '../validation/foreign/foreign-rows.ts';
import type { RunContext } from './run-context.ts';

export interface ForeignAtGate {
  /** Rows that others changed, deleted, or added where nothing but moved rows belongs. */
  readonly rows: number;
  /** Null where the gate stays open. */
  readonly finding: Finding | null;
}

const NONE: ForeignAtGate = { rows: 0, finding: null };

export async function findForeignWrites(
  context: RunContext,
  level: number,
  name: string,
): Promise<ForeignAtGate> {
  const { plan, control, runId, session, events, log } = context;
  const entity = entityOf(plan, name);
  const entityNo = await control.mappings.entityNo(plan.migration, name);
  if (entityNo === null || !(await knowsWriters(session, plan.migration))) return NONE;
  const existing = !createsTable(plan, entity);
  const table = { schema: entity.target.schema, name: entity.target.table };
  const pairs = control.mappings.copyTarget(entityNo);
  const found = await readForeignRows(session, { table, pairs, existing, runId });
  const [changed, deleted] = [found.changed.length, found.deleted.length];
  const added = existing ? 0 : found.added.length;
  const rows = changed + added + deleted;
  if (rows === 0) return NONE;
  const error = foreignWrites(name, runId, { changed, added, deleted, financial: entity.financial });
  events.publish({ type: 'gate.foreign-writes', runId, level, entity: name, changed, added, deleted });
  log.warn('gate.foreign-writes', { changed, added, deleted }, { entity: name });
  await control.errors.add(error, { runId, entity: name });
  if (!entity.financial) return { rows, finding: null };
  const finding: Finding = {
    kind: 'drift',
    severity: 'critical',
    entity: name,
    check: 'foreign-writers',
    expected: '0',
    actual: String(rows),
    message: error.message,
  };
  return { rows, finding };
}

interface Written {
  readonly changed: number;
  readonly added: number;
  readonly deleted: number;
  readonly financial: boolean;
}

function foreignWrites(
  entity: string,
  runId: string,
  { changed, added, deleted, financial }: Written,
): MigrationError {
  const parts = [
    [changed, 'changed'],
    [added, 'added'],
    [deleted, 'deleted'],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map(([count, what]) => `${formatCount(count)} ${what}`);
  const sum = changed + added + deleted;
  return new MigrationError({
    code: 'FOREIGN_WRITES',
    message: `${entity}: somebody else wrote to ${countOf(sum, 'row')} while the run was under way: ${words.join(', ')}${financial ? '; money is concerned, so nothing further moves' : ''}.`,
    hint: `The rows are in the target as others have them. See which: towpath validate all ${runId} --entities ${entity}. Put them back to what was moved: the same with --fix. Keep people out of the new system until it is handed over.`,
    severity: 'minor',
    details: { entity, changed, added, deleted },
  });
}
