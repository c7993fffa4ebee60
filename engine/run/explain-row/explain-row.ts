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
import type { StoredApproval } from '../../control/approval.ts';
import type { Control } from '../../control/control.ts';
import type { Run } from '../../control/run-store.ts';
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
import { excludedTable } from './excluded-table.ts';
import type { MappedColumn } from './map-row.ts';
import { mapWithParents } from './map-with-parents.ts';
import { readTargetRow, type TargetRow } from './read-target-row.ts';
import { changesOf, explainHeld, fateOf, leftOutWords, tellRow } from './row-words.ts';
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
  const yes = await consentOf(control, run, found);
  const inForce = { ...run, planHash: found.quarantined?.planHash ?? yes.approval?.planHash ?? run.planHash };
  const story = await gather(deps, await planOf(control, inForce), inForce, found, yes);
  return told(story, inForce, options);
}

interface Consent {
  /** When its batch was committed. */
  readonly since: string | null;
  /** The yes that was in force then: a run that went on with a changed plan has several. */
  readonly approval: StoredApproval | null;
}

async function consentOf(control: Control, { runId }: Run, found: FoundRow): Promise<Consent> {
  const batch = found.batchId === null ? null : await control.batches.find(found.batchId);
  const since = batch?.finishedAt ?? null;
  const used = (await control.approvals.list({ runId }))
    .filter(({ action, usedAt }) => action === MIGRATE && usedAt !== null)
    .sort((a, b) => a.usedAt!.localeCompare(b.usedAt!));
  const before = used.filter(({ usedAt }) => since === null || usedAt! <= since);
  return { since, approval: before.at(-1) ?? used[0] ?? null };
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

async function gather(
  deps: ExplainDependencies,
  plan: PlanFile,
  run: Run,
  found: FoundRow,
  { since, approval }: Consent,
): Promise<Story> {
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
          mapWithParents(deps, { plan, catalog, entity, run, found, doubts }),
        );
  const { newId } = found;
  const held =
    newId === null
      ? null
      : await attempt(doubts, 'The row could not be read from the target', () =>
          readTargetRow(target, entity, newId, through?.columns ?? null),
        );
  const progress = (await control.entities.list(runId)).find((one) => one.entity === found.entity);
  return {
    entity,
    catalog,
    // spelled as quarantine keeps rows, so that the two can be compared
    found: through === null ? found : { ...found, sourceRow: through.source },
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

async function told(story: Story, run: Run, options: ExplainOptions): Promise<RowExplanation> {
  const { entity, catalog, found, mapped: through, held, rest, since } = story;
  const table = catalog === null ? null : tableIn(catalog, entity);
  const code = table === null ? [] : codeOf(entity).map((one) => ({ unit: codeUnit(entity, table, one) }));
  const teller = createRowTeller(entity, code, options.values, options.id.trim());
  const fate = fateOf(found);
  const changes = changesOf(found, held, { transactions: story.transactions, mapped: through !== null });
  const key = teller.key(found.legacyId);
  const { words, next } = tellRow({
    ...{ found, fate, run, changes, key },
    sameAs: found.duplicateOf === undefined ? null : teller.key(found.duplicateOf),
    where: entity.where,
    progress: rest.progress,
    verification: rest.verification,
  });
  const source = found.sourceRow ?? textsOf(found.quarantined?.sourceRow);
  return {
    entity: found.entity,
    legacyId: key,
    newId: found.newId,
    ...(found.duplicateOf === undefined ? {} : { duplicateOf: teller.key(found.duplicateOf) }),
    ...{ fate, words, next, changes },
    leftOut: fate === 'left-out' ? leftOutWords(found, entity.where) : null,
    run: { runId: run.runId, state: run.state, planHash: run.planHash },
    batch: found.batchId === null ? null : { batchId: found.batchId, finishedAt: since },
    approval: rest.approval,
    quarantine: quarantineOf(found),
    repairs: found.repairs,
    source: source === null ? null : teller.source(source),
    columns: (through ?? []).map((one) => teller.column(columnOf(one, held))),
    references: story.references.map((one) => ({ ...one, legacyId: teller.reference(one) })),
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
