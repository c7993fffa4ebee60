/** Rows that were set aside, one card a cause: what they have in common, a few of them masked, and what would let them through. */
import { createHash } from 'node:crypto';
import type { CauseCard } from '../../contract/quarantine.ts';
import type { Control } from '../../control/control.ts';
import type { HeldRow, QuarantineGroup } from '../../control/quarantine-store.ts';
import { MigrationError } from '../../core/errors.ts';
import { createsTable } from '../../plan/creates-table.ts';
import type { PlanEntity, PlanFile } from '../../plan/plan-file.ts';
import { maskValue } from '../../rehearsal/mask.ts';
import { explainCause } from '../../report/explain-cause.ts';
import { misfitValue } from './misfit-value.ts';
import { suggestFix } from './suggest-fix.ts';

/** Rows of a card that are shown. */
export const SAMPLES = 3;
/** Rows of a card that its suggestion is worked out from. */
const LOOKED_AT = 500;

export interface CardsOf {
  readonly runId: string;
  readonly plan: PlanFile;
  readonly entity?: string | undefined;
}

/** Most rows first. */
export async function readCards(
  { quarantine }: Pick<Control, 'quarantine'>,
  { runId, plan, entity }: CardsOf,
): Promise<CauseCard[]> {
  const cards: CauseCard[] = [];
  for (const group of await quarantine.groups(runId, entity)) {
    const rows = await quarantine.rowsOf(runId, group, { limit: LOOKED_AT });
    const planned = plan.entities.find(({ name }) => name === group.entity);
    cards.push({
      ...group,
      id: cardId(group),
      runId,
      explanation: explainCause({ ...group, outcome: 'quarantined' }),
      samples: rows.slice(0, SAMPLES).map((row) => sampleOf(row, planned)),
      ...(planned ? suggestFix(group, planned, rows, createsTable(plan, planned)) : NO_ENTITY),
    });
  }
  return cards;
}

const NO_ENTITY = {
  suggestion: null,
  advice: 'The plan of the run has no such entity any more. Export the rows to load them elsewhere.',
};

/** Eight characters that depend on the cause alone. */
export function cardId({ entity, reason, sqlstate, constraint, column, shape }: QuarantineGroup): string {
  const cause = JSON.stringify([entity, reason, sqlstate, constraint, column, shape]);
  return createHash('sha256').update(cause).digest('hex').slice(0, 8);
}

/**
 * The causes with these ids, or by the beginning of them; every one where none is named. Throws UNKNOWN_CARD.
 */
export async function chooseGroups(
  { quarantine }: Pick<Control, 'quarantine'>,
  runId: string,
  cards: readonly string[],
): Promise<(QuarantineGroup & { readonly rows: number })[]> {
  const groups = await quarantine.groups(runId);
  if (cards.length === 0) return groups;
  const unknown = cards.find((card) => !groups.some((group) => cardId(group).startsWith(card)));
  if (unknown === undefined)
    return groups.filter((group) => cards.some((card) => cardId(group).startsWith(card)));
  throw new MigrationError({
    code: 'UNKNOWN_CARD',
    message: `No row that is set aside has the cause ${unknown.slice(0, 20)}.`,
    hint: 'Nothing was changed. The causes and their ids are shown by: towpath quarantine list',
    details: { runId, card: unknown.slice(0, 20) },
  });
}

function sampleOf(row: HeldRow, entity: PlanEntity | undefined): CauseCard['samples'][number] {
  const value = misfitValue(row, entity);
  return { legacyId: row.legacyId, value: value === null ? null : maskValue(value) };
}
