/**
 * Why this row? Everything that is known of one row, from the ledger, both databases and the compiled mapper, put
 * together; what became of it is found by find-row.ts. Promise: nothing is written anywhere, and what could not be found out
 * is told as that. Cost: a few lookups by key, whatever the size of the tables; a row that is known by its content only
 * makes the source read its table.
 */
import type { CodeRunners } from '../../contract/code.ts';
import type { FoundRow } from '../../contract/contract.ts';
import type {
  ExplainedColumn,
  ExplainedReference,
  ExplainOptions,
  RowExplanation,
} from '../../contract/explain.ts';
import type { Control } from '../../control/control.ts';
import type { Run } from '../../control/run-store.ts';
import { createCodeDesk } from '../../copy/code/code-desk.ts';
import { tableOf } from '../../copy/prepare.ts';
import { MigrationError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Database } from '../../db/database.ts';
import { classify } from '../../db/sqlstate.ts';
import { codeUnit } from '../../mapping/code/code-unit.ts';
import { codeOf } from '../../plan/code-units.ts';
import { type PlanEntity, type PlanFile, planFile } from '../../plan/plan-file.ts';
import type { Catalog } from '../../schema/catalog.ts';
import { introspect } from '../../schema/introspect.ts';
import { entityOf, findRow } from '../find-row.ts';
import { findParents, keptIdsOf, parentsThatKnow, parentsThatListen } from './asked-parents.ts';
import { excludedTable } from './excluded-table.ts';
import { type MappedColumn, mapRow } from './map-row.ts';
import { readTargetRow, type TargetRow } from './read-target-row.ts';
import { referencesOf } from './references-of.ts';
import { changesOf, explainHeld, fateOf, tellRow } from './row-words.ts';
import { createRowTeller } from './shown-row.ts';
import { verificationOf } from './verify-row.ts';

export interface ExplainDependencies {
  readonly source: Database;
  readonly target: Database;
  readonly control: Control;
  readonly log: Log;
  readonly code: CodeRunners | null;
}

const MIGRATE = 'migrate';

/** `newest`: the run whose plan says what the entity is called. @throws MigrationError UNKNOWN_ENTITY */
export async function explainRow(
  deps: ExplainDependencies,
  newest: Run,
  options: ExplainOptions,
): Promise<RowExplanation> {
  const { control } = deps;
  const plan = await planOf(control, newest);
  const excluded = excludedTable(plan, options, newest);
  if (excluded !== null) return excluded;
  const found = await findRow(deps, plan, options);
  const run = await runOf(control, newest, found);
  const story = await gather(deps, run === newest ? plan : await planOf(control, run), run, found);
  return told(story, run, options);
}

interface Story {
  readonly entity: PlanEntity;
  readonly catalog: Catalog | null;
  readonly found: FoundRow;
  readonly mapped: readonly MappedColumn[] | null;
  readonly references: readonly ExplainedReference[];
  readonly held: TargetRow | null;
  readonly transactions: boolean;
  readonly since: string | null;
  readonly notKnown: readonly string[];
  readonly rest: Pick<RowExplanation, 'approval' | 'verification'> & {
    readonly progress: Parameters<typeof tellRow>[0]['progress'];
  };
}

async function gather(deps: ExplainDependencies, plan: PlanFile, run: Run, found: FoundRow): Promise<Story> {
  const { control, target } = deps;
  const { runId } = run;
  const entity = entityOf(plan, found.entity);
  const doubts: string[] = [];
  const catalog = await attempt(doubts, 'The tables of the source could not be read', () =>
    introspect(deps.source, { schemas: plan.source.schemas, profiles: false, counts: 'none' }),
  );
  const through =
    catalog === null || found.sourceRow === null
      ? null
      : await attempt(doubts, 'What the plan makes of the row could not be worked out', () =>
          mapped(deps, { plan, catalog, entity, run, found, doubts }),
        );
  const { newId } = found;
  const held =
    newId === null
      ? null
      : await attempt(doubts, 'The row could not be read from the target', () =>
          readTargetRow(target, entity, newId, through?.columns ?? null),
        );
  const batch = found.batchId === null ? null : await control.batches.find(found.batchId);
  const since = batch?.finishedAt ?? null;
  const [approval] = (await control.approvals.list({ runId })).filter(({ action }) => action === MIGRATE);
  const progress = (await control.entities.list(runId)).find((one) => one.entity === found.entity);
  return {
    entity,
    catalog,
    found,
    mapped: through?.columns ?? null,
    references: through?.references ?? [],
    held,
    transactions: await control.transactions.isKnown(runId),
    since,
    notKnown: doubts,
    rest: {
      approval: approval
        ? {
            approver: approval.approver,
            at: approval.decidedAt ?? approval.createdAt,
            reason: approval.reason,
          }
        : null,
      verification: await verificationOf(control, {
        runId,
        entity: found.entity,
        legacyId: found.legacyId,
        since,
      }),
      progress: progress ?? null,
    },
  };
}

interface ToMap {
  readonly plan: PlanFile;
  readonly catalog: Catalog;
  readonly entity: PlanEntity;
  readonly run: Run;
  readonly found: FoundRow;
  readonly doubts: string[];
}

/** Twice: once to hear which other rows it points to, once with those that are there. */
async function mapped(
  { source, control, code, log }: ExplainDependencies,
  { plan, catalog, entity, run, found, doubts }: ToMap,
): Promise<{ columns: readonly MappedColumn[]; references: readonly ExplainedReference[] } | null> {
  const namespace = await control.runs.namespace(run.runId);
  const listening = parentsThatListen(plan, namespace);
  const writes = codeOf(entity).flatMap((one) => one.writes);
  if (code === null && writes.length > 0)
    doubts.push(`What code makes of ${writes.join(', ')} is not told: there is nothing here to run it in.`);
  const desk = code === null ? null : createCodeDesk(code, log);
  const session = await source.session({ purpose: 'explain' });
  try {
    const own = new Map(found.newId === null ? [] : [[found.legacyId, found.newId]]);
    const duplicates = repeatedColumns(found);
    const input = {
      ...{ plan, catalog, entity, namespace, duplicates, source: session, desk },
      legacyId: found.legacyId,
      keptIds: keptIdsOf(namespace, entity.name, own),
    };
    const trusting = await mapRow({ ...input, parents: listening });
    if (trusting === null) return null;
    const parents = await findParents(control, plan.migration, listening);
    const columns = await mapRow({ ...input, parents: parentsThatKnow(plan, namespace, parents) });
    const references = await referencesOf({ control, plan, trusting, listening, parents });
    return columns === null ? null : { columns, references };
  } finally {
    await Promise.allSettled([session.release(), desk?.close()]);
  }
}

/** Whether an earlier row has the same value is known from what was noted then; the whole table would have to be read. */
function repeatedColumns({ repairs, quarantined }: FoundRow): string[] {
  const aside = quarantined?.reason === 'duplicate-value' ? [quarantined.column] : [];
  return [
    ...repairs.filter(({ rule }) => rule === 'duplicate-email').map(({ column }) => column),
    ...aside,
  ].filter((column) => column !== null);
}

async function told(story: Story, run: Run, options: ExplainOptions): Promise<RowExplanation> {
  const { entity, catalog, found, mapped: through, held, rest, since } = story;
  const table = catalog === null ? null : tableIn(catalog, entity);
  const code = table === null ? [] : codeOf(entity).map((one) => ({ unit: codeUnit(entity, table, one) }));
  const teller = createRowTeller(entity, code, options.values, options.id.trim());
  const fate = fateOf(found);
  const changes = changesOf(found, held, { transactions: story.transactions });
  const key = teller.key(found.legacyId);
  const { words, next } = tellRow({
    ...{ found, fate, run, changes, key },
    where: entity.where,
    progress: rest.progress,
    verification: rest.verification,
  });
  const source = found.sourceRow ?? textsOf(found.quarantined?.sourceRow);
  return {
    entity: found.entity,
    legacyId: key,
    newId: found.newId,
    ...{ fate, words, next, changes },
    run: { runId: run.runId, state: run.state, planHash: run.planHash },
    batch: found.batchId === null ? null : { batchId: found.batchId, finishedAt: since },
    approval: rest.approval,
    quarantine: quarantineOf(found),
    repairs: found.repairs,
    source: source === null ? null : teller.source(source),
    columns: (through ?? []).map((one) => teller.column(columnOf(one, held))),
    references: story.references.map((one) => ({ ...one, legacyId: teller.reference(one.legacyId) })),
    verification: rest.verification,
    notKnown: story.notKnown,
  };
}

function columnOf({ column, ...mapped }: MappedColumn, held: TargetRow | null): ExplainedColumn {
  const { to, from, type } = column;
  return { ...mapped, column: to, from: from ?? null, type, held: held?.held.get(to) ?? null };
}

function quarantineOf(found: FoundRow): RowExplanation['quarantine'] {
  if (found.quarantined === null) return null;
  const { id, reason, column, sqlstate, createdAt } = found.quarantined;
  return { id, reason, column, sqlstate, explanation: explainHeld(found), since: createdAt };
}

function tableIn(catalog: Catalog, entity: PlanEntity) {
  try {
    return tableOf(catalog, entity);
  } catch {
    return null;
  }
}

function textsOf(row: unknown): Record<string, string | null> | null {
  if (row === null || typeof row !== 'object') return null;
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value === null || typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

async function planOf(control: Pick<Control, 'artifacts'>, { planHash }: Run): Promise<PlanFile> {
  return planFile.parse((await control.artifacts.get(planHash)).content);
}

/** The run that brought or refused the row, whose plan says what was done to it. */
async function runOf(control: Pick<Control, 'runs'>, newest: Run, { runId }: FoundRow): Promise<Run> {
  if (runId === null || runId === newest.runId) return newest;
  return (await control.runs.find(runId)) ?? newest;
}

/** Null, and a sentence among the doubts, where it fails. Texts of servers may quote the row, so only codes are told. */
async function attempt<T>(doubts: string[], what: string, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    const why = error instanceof MigrationError ? error.message : classify(error).code;
    doubts.push(`${what}: ${why}`);
    return null;
  }
}
