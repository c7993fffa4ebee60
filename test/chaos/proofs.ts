/** What is asked after a move, an undoing, a replay and a damage; each answer that is not yes is told to `found`. */
import { differencesOf } from './changed-rows.ts';
import { type Commands, statusOf } from './commands.ts';
import { compareContent } from './compare-content.ts';
import { damageTarget } from './damage.ts';
import { dumpTarget, firstDifferences } from './dump.ts';
import type { SourceChanges } from './faults/source-changes.ts';
import { brokenInvariants, readKeys } from './invariants.ts';
import type { Place } from './lane.ts';
import type { Draws } from './random.ts';
import { contentOf, type Reference } from './reference.ts';
import type { Schedule } from './schedule.ts';
import { compareUntouched, readByKey } from './untouched-rows.ts';

export interface Trial {
  readonly place: Place;
  readonly reference: Reference;
  readonly schedule: Schedule;
  readonly changes: SourceChanges;
  readonly draws: Draws;
  readonly commands: Commands;
  readonly found: (...what: readonly string[]) => void;
}

export async function newestRun({ place }: Trial): Promise<{ id: string; state: string } | null> {
  const [run] = await place.query<{ id: string; state: string }>(
    'target',
    `select run_id as id, state from towpath.migration_control where mode <> 'seed' order by started_at desc limit 1`,
  );
  return run ?? null;
}

/** Of a complete run, or one that ended by naming what differs because the source changed. */
export async function proveMove(trial: Trial): Promise<void> {
  const { place, reference, found } = trial;
  found(...(await brokenInvariants(place, reference.plan, { isOver: true })));
  if (trial.changes.rows.length > 0) return proveChanged(trial);
  found(...compareContent(await contentOf(place, reference.plan), reference.content));
  const [report] = await place.query<{ status: string }>(
    'target',
    'select status from towpath.migration_validation_reports order by id desc limit 1',
  );
  if (report?.status !== 'verified') found(`complete, and the last validation says ${report?.status}`);
}

/** Whatever came and went in the source: rows nobody touched are as an uninterrupted run leaves them, and validation names only the others. */
async function proveChanged(trial: Trial): Promise<void> {
  const { place, reference, found, changes } = trial;
  const touched = new Set(changes.rows.map(({ entity, key }) => `${entity} ${key}`));
  await proveKeys(trial, touched);
  const now = {
    content: await contentOf(place, reference.plan),
    byKey: await readByKey(place, reference.plan),
  };
  found(...compareUntouched(now, reference, touched));
  const run = (await newestRun(trial))!;
  const ended = await trial.commands.run(`validate all ${run.id} --json`);
  const { issues = [] } = JSON.parse(ended.stdout) as { issues?: { entity: string; key?: string }[] };
  const untouched = issues.filter(({ entity, key }) =>
    key === undefined ? !changes.rows.some((row) => row.entity === entity) : !touched.has(`${entity} ${key}`),
  );
  if (untouched.length > 0)
    found(`validation names what nobody touched: ${JSON.stringify(untouched.slice(0, 3))}`);
  if (statusOf(ended) !== 'verified' && issues.length === 0)
    found(`validation says ${statusOf(ended)} and names no row`);
  if (statusOf(ended) === 'verified') found(...(await differencesOf(place, reference.plan, changes.rows)));
}

/** The old keys that are moved or set aside are those of an uninterrupted run; keys of `touched` may be either way. */
export async function proveKeys(
  { place, reference, found }: Trial,
  touched: ReadonlySet<string>,
): Promise<void> {
  const keys = await readKeys(place);
  for (const [entity, expected] of reference.keys) {
    const now = keys.get(entity) ?? new Set<string>();
    const lost = [...expected].filter((key) => !now.has(key) && !touched.has(`${entity} ${key}`));
    const more = [...now].filter((key) => !expected.has(key) && !touched.has(`${entity} ${key}`));
    if (lost.length > 0) found(`${entity}: rows nobody touched are lost: ${lost.slice(0, 5)}`);
    if (more.length > 0) found(`${entity}: rows that never were: ${more.slice(0, 5)}`);
  }
}

export async function proveAsBefore({ place, commands, found }: Trial, before: string): Promise<void> {
  const dumped = await dumpTarget(place, { withLedger: false });
  const crashed = commands.struck.some(
    (fault) => (fault.kind === 'kill-server' || fault.kind === 'restart-server') && fault.side === 'target',
  );
  const after = crashed ? withSequencesOf(before, dumped) : dumped;
  if (after !== before) found(`rollback is not as before: ${firstDifferences(before, after).join(' ⏎ ')}`);
  const [left] = await place.query<{ n: string }>(
    'target',
    `select (select count(*) from towpath.mapping_pairs) + (select count(*) from towpath.quarantined_rows)
       + (select count(*) from towpath.batch_processing_status) as n`,
  );
  if (left!.n !== '0') found(`rollback left ${left!.n} entries in the ledger`);
}

/**
 * PostgreSQL itself moves sequences ahead when it comes up after a crash; whether somebody was given one of these numbers cannot be
 * told, so a rollback leaves them there. Behind what they were before they may never stand.
 */
function withSequencesOf(before: string, after: string): string {
  const was = new Map(before.split('\n').flatMap((line) => readSequence(line) ?? []));
  return after
    .split('\n')
    .map((line) => {
      const [[name, number] = []] = readSequence(line) ?? [];
      const old = name === undefined ? undefined : was.get(name);
      const isAhead = old !== undefined && BigInt(number || 0) >= BigInt(old || 0);
      return isAhead ? `${name}${old === '' ? '' : ` | ${old}`}` : line;
    })
    .sort()
    .join('\n');
}

/** A sequence's line of a dump in two: with the number that was drawn last, empty where none was. */
function readSequence(line: string): [[string, string]] | null {
  const read = /^(relation \| .* \| S \| .*?)((?: \| \d+)?)$/.exec(line);
  return read === null ? null : [[read[1]!, read[2]!.replace(' | ', '')]];
}

/** Nothing is there but what was there; of the ledger nothing either. */
export async function proveNothingWritten(trial: Trial, work: () => Promise<unknown>): Promise<void> {
  const before = await dumpTarget(trial.place, { withLedger: true });
  await work();
  const after = await dumpTarget(trial.place, { withLedger: true });
  if (after !== before) trial.found(`a dry run wrote: ${firstDifferences(before, after).join(' ⏎ ')}`);
}

export async function proveDamageIsTold(trial: Trial): Promise<void> {
  const { place, reference, schedule, found } = trial;
  const run = (await newestRun(trial))!;
  const what = await damageTarget(place, reference.plan, schedule.damage!, trial.draws);
  const ended = await trial.commands.runOnDamaged(`validate all ${run.id} --json`);
  if (ended.code === 0 || statusOf(ended) === 'verified') found(`validation passes on damaged data: ${what}`);
  else if (ended.code !== 3) found(`validation of damaged data ended with ${ended.code}: ${what}`);
}
