/** Runs the checks of one entity; what throws becomes a check that could not be made, with the reason. */

import { tableOf } from '../copy/prepare.ts';
import type { Clock } from '../core/clock.ts';
import { isAbort, MigrationError } from '../core/errors.ts';
import type { EventPublisher } from '../core/events.ts';
import type { Log } from '../core/log.ts';
import type { Database } from '../db/database.ts';
import { quoteTable } from '../db/quote.ts';
import { classify } from '../db/sqlstate.ts';
import { createKeySet } from '../mapping/key-set.ts';
import { IdMaker } from '../mapping/uuid-v5.ts';
import type { PlanEntity, PlanFile } from '../plan/plan-file.ts';
import type { Catalog } from '../schema/catalog.ts';
import type { EntityResult } from './build-report.ts';
import type { Checked, CheckOutcome, EntityCheck, EntityChecker } from './entity-check.ts';
import { readHeldIds } from './held-ids.ts';
import type { Lane, Reading } from './reading.ts';
import type { ValidationRecords } from './records.ts';
import { compareRows, type RowComparison } from './rows/compare-rows.ts';
import { idColumnOf, idText, idWords } from './rows/row-id.ts';
import { readTableFacts } from './table-facts.ts';

export interface EntityWork {
  readonly plan: PlanFile;
  readonly catalog: Catalog;
  readonly runId: string;
  readonly namespace: Uint8Array;
  readonly entity: PlanEntity;
  readonly checkers: readonly EntityChecker[];
  readonly source: Database;
  readonly target: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly events: EventPublisher;
  readonly reading: Reading;
  readonly lane: Lane;
  readonly recorded: ValidationRecords;
  readonly signal?: AbortSignal | undefined;
}

export async function checkEntity(work: EntityWork): Promise<EntityResult> {
  const { entity, signal } = work;
  const checkers = work.checkers.filter((checker) => checker.applies(entity));
  if (signal?.aborted) return all(work, checkers, 'skipped', INTERRUPTED);
  const context = await prepareContext(work).catch(
    (error: unknown) => new Reason(isAbort(error) ? 'skipped' : 'could-not-check', reasonOf(error)),
  );
  if (context instanceof Reason) return all(work, checkers, context.status, context.text);
  const result: EntityResult = { entity: entity.name, triggers: context.facts.triggers, checked: [] };
  for (const checker of checkers) {
    const started = work.clock.monotonic();
    const checked = signal?.aborted
      ? outcome(checker, 'skipped', INTERRUPTED)
      : await runCheck(work, checker, context);
    if (checked === null) continue;
    const milliseconds = Math.round(work.clock.monotonic() - started);
    result.checked.push({ ...checked, milliseconds });
    const { status } = checked.check;
    work.events.publish({
      type: 'validation.check',
      runId: work.runId,
      entity: entity.name,
      check: checker.name,
      status,
    });
  }
  return result;
}

const INTERRUPTED = 'Validation was interrupted before this check.';

/** Why no check of the entity can be made. */
class Reason {
  readonly status: 'skipped' | 'could-not-check';
  readonly text: string;

  constructor(status: 'skipped' | 'could-not-check', text: string) {
    this.status = status;
    this.text = text;
  }
}

async function prepareContext(work: EntityWork): Promise<EntityCheck | Reason> {
  const { catalog, entity, lane, namespace, plan, reading, recorded, signal, target } = work;
  const known = await recorded.pairs(entity.name);
  if (!known || !(await recorded.migrated(entity.name)))
    return new Reason('skipped', 'The entity has not been migrated.');
  const table = { schema: entity.target.schema, name: entity.target.table };
  const facts = await readTableFacts(target, table);
  if (!facts) return new Reason('could-not-check', `The table ${quoteTable(table)} is not in the target.`);
  const { load, excludedRows, pairs } = await reading.prepare(entity.name);
  const { compiled } = load;
  const setAside = await recorded.setAside(entity.name, known.table);
  const setAsideIds = createKeySet({ kind: 'text', min: 0, max: 0, rows: setAside.length });
  const maker = compiled.createIds();
  for (const key of setAside) setAsideIds.addId(idWords(maker, key));
  let comparison: Promise<RowComparison> | null = null;
  const compare = async () =>
    compareRows({
      compiled,
      table,
      pairs: known.table,
      setAside: setAsideIds,
      source: await lane.source(),
      target: await lane.target(),
      openPresent: () => reading.present(),
      signal,
    });
  return {
    plan,
    entity,
    sourceTable: tableOf(catalog, entity),
    compiled,
    table,
    pairs: known.table,
    pairFacts: pairs,
    facts,
    excludedRows,
    setAside,
    records: recorded,
    idOf: (name, key) => idText(idWords(new IdMaker(namespace, name), key)),
    source: { query: async (text, values) => (await lane.source()).query(text, values) },
    target,
    compareRows: () => (comparison ??= compare()),
    heldIds: async () => {
      const compared = await comparison?.catch(() => null);
      return compared?.heldIds ?? readHeldIds(await lane.target(), table, idColumnOf(entity));
    },
  };
}

async function runCheck(
  work: EntityWork,
  checker: EntityChecker,
  context: EntityCheck,
): Promise<Checked | null> {
  try {
    return await checker.run(context);
  } catch (error) {
    await work.lane.discard();
    if (isAbort(error)) return outcome(checker, 'skipped', INTERRUPTED);
    const { code } = classify(error);
    work.log.warn('validation.could-not-check', { check: checker.name, code }, { entity: work.entity.name });
    return outcome(checker, 'could-not-check', reasonOf(error));
  }
}

function all(
  work: EntityWork,
  checkers: readonly EntityChecker[],
  status: Reason['status'],
  text: string,
): EntityResult {
  for (const { name: check } of checkers) {
    work.events.publish({
      type: 'validation.check',
      runId: work.runId,
      entity: work.entity.name,
      check,
      status,
    });
  }
  const checked = checkers.map((checker) => ({ ...outcome(checker, status, text), milliseconds: 0 }));
  return { entity: work.entity.name, triggers: [], checked };
}

function outcome(checker: EntityChecker, status: CheckOutcome['status'], message: string): Checked {
  const check = {
    type: checker.name,
    status,
    expected: null,
    actual: null,
    tolerance: '0',
    message,
    sql: null,
  };
  return { check, findings: [] };
}

/** Never a row's values: a server's own words may quote one. */
function reasonOf(error: unknown): string {
  if (error instanceof MigrationError) return `${error.message} ${error.hint}`;
  const { code, name } = classify(error);
  return `The check ended with an error (${code}, ${name}).`;
}
