/**
 * Why this row? Everything that is known of one row, from the ledger, both databases and the compiled mapper, put
 * together; what became of it is found by find-row.ts. Promise: nothing is written anywhere, and what could not be found out
 * is told as that. Cost: a few lookups by key, whatever the size of the tables. Two questions read more: one by the new id
 * reads the entity's pairs in the target, which are indexed by the old key only; one by content makes the source read its
 * table.
 */
import type { CodeRunners } from '../../contract/code.ts';
import type {
  ExplainedColumn,
  ExplainedReference,
  ExplainOptions,
  RowExplanation,
} from '../../contract/explain.ts';
import type { FoundRow } from '../../contract/report.ts';
import type { Control } from '../../control/control.ts';
import type { Run } from '../../control/run-store.ts';
import { tableOf } from '../../copy/prepare.ts';
import type { Log } from '../../core/log.ts';
import type { Database } from '../../db/database.ts';
import { codeUnit } from '../../mapping/code/code-unit.ts';
import { codeOf } from '../../plan/code-units.ts';
import { type PlanEntity, type PlanFile, planFile } from '../../plan/plan-file.ts';
import type { Catalog } from '../../schema/catalog.ts';
import { introspect } from '../../schema/introspect.ts';
import { entityOf, findRow } from '../find-row.ts';
import { type Consent, consentOf } from './consent.ts';
import { createDoubts } from './doubts.ts';
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
  const inForce = { ...run, planHash: yes.planHash };
  const asked = { run: inForce, found, yes, values: options.values };
  const story = await gather(deps, await planOf(control, inForce), asked);
  return told(story, inForce, options);
}

interface Story {
  readonly entity: PlanEntity;
  readonly catalog: Catalog | null;
  readonly found: FoundRow;
  readonly mapped: readonly MappedColumn[] | null;
  readonly references: readonly ExplainedReference[];
  readonly held: TargetRow | null;
  readonly transactions: boolean;
  readonly yes: Consent;
  readonly notKnown: readonly string[];
  readonly rest: Pick<RowExplanation, 'approval' | 'verification'> & {
    readonly progress: Parameters<typeof tellRow>[0]['progress'];
  };
}

interface Asked {
  readonly run: Run;
  readonly found: FoundRow;
  readonly yes: Consent;
  readonly values: ExplainOptions['values'];
}

async function gather(
  deps: ExplainDependencies,
  plan: PlanFile,
  { run, found, yes, values }: Asked,
): Promise<Story> {
  const { control, target } = deps;
  const { runId } = run;
  const entity = entityOf(plan, found.entity);
  const doubts = createDoubts(values);
  const catalog = await doubts.attempt('The tables of the source could not be read', () =>
    introspect(deps.source, { schemas: plan.source.schemas, profiles: false, counts: 'none' }),
  );
  const through =
    catalog === null || found.sourceRow === null
      ? null
      : await doubts.attempt('What the plan makes of the row could not be worked out', () =>
          mapWithParents(deps, { plan, catalog, entity, run, found, doubts }),
        );
  const { newId } = found;
  const held =
    newId === null
      ? null
      : await doubts.attempt('The row could not be read from the target', () =>
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
    yes,
    notKnown: doubts.sentences,
    rest: {
      approval: approvalOf(yes),
      verification: await verificationOf(control, {
        runId,
        entity: found.entity,
        legacyId: found.legacyId,
        since: yes.since,
      }),
      progress: progress ?? null,
    },
  };
}

async function told(story: Story, run: Run, options: ExplainOptions): Promise<RowExplanation> {
  const { entity, catalog, found, mapped: through, held, rest, yes } = story;
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
    retried: yes.retried,
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
    batch: yes.batch,
    retried: yes.retried,
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

function approvalOf({ approval }: Consent): RowExplanation['approval'] {
  if (approval === null) return null;
  const { approver, decidedAt, createdAt, reason } = approval;
  return { approver, at: decidedAt ?? createdAt, reason };
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
