/** Runs the checks of one entity; what throws becomes a check that could not be made, with the reason. */
import { isAbort, MigrationError } from '../core/errors.ts';
import { classify } from '../db/sqlstate.ts';
import type { EntityResult } from './build-report.ts';
import { mapping } from './checks/mapping.ts';
import { rowCompare } from './checks/row-compare.ts';
import type { Checked, CheckOutcome, EntityCheck, EntityChecker } from './entity-check.ts';
import { CannotCheck, type EntityWork, openContext } from './entity-context.ts';

const INTERRUPTED = 'Validation was interrupted before this check.';

export interface EntityBegun {
  readonly result: EntityResult;
  /** Makes the checks that ask what other entities were found to be. */
  finish(): Promise<void>;
}

export async function checkEntity(work: EntityWork): Promise<EntityBegun> {
  const { entity, signal } = work;
  const result: EntityResult = { entity: entity.name, triggers: [], checked: [] };
  const checkers = work.checkers.filter((checker) => checker.applies(entity));
  const context = signal?.aborted ? new CannotCheck('skipped', INTERRUPTED) : await tryToOpen(work);
  if (context instanceof CannotCheck) {
    for (const checker of checkers) add(work, result, outcome(checker, context.status, context.reason), 0);
    return { result, finish: async () => {} };
  }
  result.triggers.push(...context.facts.triggers);
  const [first, last] = [
    checkers.filter((checker) => !checker.last),
    checkers.filter((checker) => checker.last),
  ];
  await runChecks(work, context, result, first);
  if (isProved(result)) work.proved.add(entity.name);
  return { result, finish: () => runChecks(work, context, result, last) };
}

async function tryToOpen(work: EntityWork): Promise<EntityCheck | CannotCheck> {
  try {
    return await openContext(work);
  } catch (error) {
    await work.lane.discard();
    return isAbort(error)
      ? new CannotCheck('skipped', INTERRUPTED)
      : new CannotCheck('could-not-check', reasonOf(error));
  }
}

async function runChecks(
  work: EntityWork,
  context: EntityCheck,
  result: EntityResult,
  checkers: readonly EntityChecker[],
): Promise<void> {
  for (const checker of checkers) {
    const started = work.clock.monotonic();
    const checked = work.signal?.aborted
      ? outcome(checker, 'skipped', INTERRUPTED)
      : await runCheck(work, checker, context);
    if (checked) add(work, result, checked, Math.round(work.clock.monotonic() - started));
  }
}

async function runCheck(
  work: EntityWork,
  checker: EntityChecker,
  context: EntityCheck,
): Promise<Checked | null> {
  try {
    return await checker.run(context);
  } catch (error) {
    // A failed statement may leave the session inside a stream or an aborted transaction.
    await work.lane.discard();
    if (isAbort(error)) return outcome(checker, 'skipped', INTERRUPTED);
    const { code } = classify(error);
    work.log.warn('validation.could-not-check', { check: checker.name, code }, { entity: work.entity.name });
    return outcome(checker, 'could-not-check', reasonOf(error));
  }
}

function add(
  { events, runId }: EntityWork,
  result: EntityResult,
  checked: Checked,
  milliseconds: number,
): void {
  result.checked.push({ ...checked, milliseconds });
  const { status, type: check } = checked.check;
  events.publish({ type: 'validation.check', runId, entity: result.entity, check, status });
}

function isProved({ checked }: EntityResult): boolean {
  const passed = (name: string) =>
    checked.some(({ check }) => check.type === name && check.status === 'pass');
  return passed(rowCompare.name) && passed(mapping.name);
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
