/**
 * What an edited plan would make of rows that were set aside. Nothing is written anywhere: the source is read-only always,
 * and the target's session is, by the server's own setting. What only writing can tell is told as such.
 */
import type { TriedRow, TryFixOptions, TryReport } from '../../contract/quarantine.ts';
import type { Run } from '../../control/run-store.ts';
import { sourceRowsSql } from '../../copy/source-query.sql.ts';
import { quoteTable } from '../../db/quote.ts';
import { type PlanFile, planFile } from '../../plan/plan-file.ts';
import { planHash } from '../../plan/plan-hash.ts';
import { refuseInvalid } from '../../plan/refuse-invalid.ts';
import { transformsOf } from '../../plan/transforms.ts';
import { maskValue } from '../../rehearsal/mask.ts';
import { refuseWithoutSandbox, refuseWrongCode } from '../code-at-hand.ts';
import type { RunDependencies } from '../run-dependencies.ts';
import { readUnchangedSource } from '../unchanged-source.ts';
import { changedPlan } from './changed-plan.ts';
import { type FittingRows, findFitting } from './find-fitting.ts';
import { type ChangedChecks, changedChecks } from './follow-checks.ts';
import { type MappedRow, readMappedRows } from './mapped-rows.ts';
import { openPlace, type RetryPlace } from './open-place.ts';
import { refuseOtherTables } from './plan-fits-run.ts';
import { refuseChangedRows } from './refuse-changed-rows.ts';
import { countFitting } from './same-record.ts';
import { stillHeldOf } from './still-held.ts';
import { findTargetRefusals } from './target-refusals.ts';
import { withoutRefused } from './without-refused.ts';

const SAMPLES = 5;

/** Throws UNKNOWN_CARD, SOURCE_DRIFT, PLAN_INVALID and what changes of a plan throw. */
export async function tryRows(deps: RunDependencies, run: Run, options: TryFixOptions): Promise<TryReport> {
  const { control } = deps;
  const { runId } = run;
  const old = planFile.parse((await control.artifacts.get(run.planHash)).content);
  const now = changedPlan(options.plan ?? old, options.changes ?? []);
  await refuseWithoutSandbox(deps.code, now);
  const catalog = await readUnchangedSource(deps, now);
  refuseInvalid(now, catalog);
  await refuseWrongCode(deps.code, now, catalog);
  const other = refuseOtherTables(old, now);
  const { cards } = options;
  const place = await openPlace(deps, { runId, plan: now, catalog, cards, readOnly: true, wire: 'text' });
  try {
    await place.target.query('begin read only');
    const fitting = await findFitting(place, catalog, control);
    const { found, mapped, onlyAtRetry } =
      other === null
        ? await askTarget(fitting, place, changedChecks(old, now))
        : { found: fitting, mapped: await mapAll(fitting, place), onlyAtRetry: ['What the target says.'] };
    const refusal = other ?? (await refuseChangedRows(deps, place, { runId, old, now, catalog }));
    return {
      ...countsOf(found),
      runId,
      planHash: planHash(now),
      stillHeld: stillHeldOf(found),
      samples: await samplesOf(found, mapped, place),
      onlyAtRetry,
      refusal: refusal?.message ?? null,
    };
  } finally {
    await place.target.query('rollback').catch(() => undefined);
    await place.close();
  }
}

type Mapped = ReadonlyMap<FittingRows['load'], readonly MappedRow[]>;

async function mapAll(found: readonly FittingRows[], { source }: RetryPlace): Promise<Mapped> {
  const mapped = new Map<FittingRows['load'], MappedRow[]>();
  for (const rows of found) mapped.set(rows.load, await readMappedRows(rows, source));
  return mapped;
}

/** Again without those that were refused, until nobody is: what falls with them is found by the mapper. */
async function askTarget(
  fitting: readonly FittingRows[],
  place: RetryPlace,
  checks: readonly ChangedChecks[],
): Promise<{ found: readonly FittingRows[]; mapped: Mapped; onlyAtRetry: string[] }> {
  for (let found = fitting; ; ) {
    const mapped = await mapAll(found, place);
    const arriving = new Map(
      found.map(({ load }) => [
        quoteTable(load.target),
        mapped.get(load)!.flatMap(({ values }) => values.get('id') ?? []),
      ]),
    );
    const open = new Set<string>();
    const refused = new Map<string, Awaited<ReturnType<typeof findTargetRefusals>>['rejects']>();
    for (const { load, held } of found) {
      const rows = mapped.get(load)!.filter(({ kept }) => !kept);
      const changed = checks.find(({ entity }) => entity === held.entity);
      const asked = await findTargetRefusals(place.target, { target: load.target, arriving, rows, changed });
      for (const words of asked.onlyAtRetry) open.add(words);
      if (asked.rejects.length > 0) refused.set(held.entity, asked.rejects);
    }
    if (refused.size === 0) return { found, mapped, onlyAtRetry: [...open] };
    found = await withoutRefused(found, refused, place);
  }
}

function countsOf(
  found: readonly FittingRows[],
): Pick<
  TryReport,
  'rows' | 'wouldMove' | 'wouldBeDuplicates' | 'wouldBeRepaired' | 'gone' | 'leftOut' | 'changedSince'
> {
  const sum = (of: (rows: FittingRows) => number) => found.reduce((total, rows) => total + of(rows), 0);
  return {
    rows: sum(({ held }) => held.rows.size),
    wouldMove: sum((rows) => countFitting(rows).moved),
    wouldBeDuplicates: sum((rows) => countFitting(rows).duplicates),
    wouldBeRepaired: sum(
      ({ repairs, fits }) => new Set(repairs.map(({ key }) => key).filter((key) => fits.has(key))).size,
    ),
    gone: sum(({ gone }) => gone.length),
    leftOut: sum(({ leftOut }) => leftOut.length),
    changedSince: sum(({ changed }) => changed),
  };
}

async function samplesOf(
  found: readonly FittingRows[],
  mapped: Mapped,
  place: RetryPlace,
): Promise<TriedRow[]> {
  const samples: TriedRow[] = [];
  for (const { load, held } of found) {
    const rows = mapped
      .get(load)!
      .filter(({ values }) => values.size > 0)
      .slice(0, SAMPLES - samples.length);
    if (rows.length === 0) continue;
    const keys = rows.map(({ key }) => key);
    const read = await place.source.query<{ key: string; row: Readonly<Record<string, string | null>> }>(
      sourceRowsSql(load.compiled),
      [keys],
    );
    const before = new Map(read.map(({ key, row }) => [key, row]));
    for (const row of rows)
      samples.push(sampleOf(load.compiled.plan, held.columns, row, before.get(row.key) ?? {}));
  }
  return samples;
}

function sampleOf(
  entity: PlanFile['entities'][number],
  columns: ReadonlySet<string>,
  row: MappedRow,
  old: Readonly<Record<string, string | null>>,
): TriedRow {
  const told = entity.columns.filter(({ to }) => columns.has(to));
  const shown = (value: string | null | undefined) => (value == null ? null : maskValue(value));
  const isLink = (column: (typeof told)[number]) =>
    transformsOf(column).some(({ kind }) => kind === 'reference' || kind === 'polymorphic');
  return {
    entity: entity.name,
    legacyId: row.key,
    before: Object.fromEntries(
      told.flatMap(({ from }) => (from === undefined ? [] : [[from, shown(old[from])]])),
    ),
    after: Object.fromEntries(
      told.map((column) => {
        const value = row.values.get(column.to) ?? null;
        return [column.to, value !== null && isLink(column) ? 'its new id' : shown(value)];
      }),
    ),
  };
}
