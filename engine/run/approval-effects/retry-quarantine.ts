/** Moving rows that were set aside after all, by an edited plan: exactly those of the chosen causes, and what points to them. */
import type { Run } from '../../control/run-store.ts';
import { comparePlans } from '../../plan/compare-plans.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { planHash } from '../../plan/plan-hash.ts';
import { countOf, entityWords, formatCount } from '../../report/words.ts';
import { readHeldRows } from '../quarantine/held-rows.ts';
import { refuseOtherTables } from '../quarantine/plan-fits-run.ts';
import { findLostLinks } from '../quarantine/relink.ts';
import type { Effect, EffectDependencies } from './effect.ts';
import { wordsInTarget } from './in-target.ts';
import { targetFingerprint } from './structures.ts';

export const RETRY_ACTION = 'retry-quarantine';
const MOST_CHANGES = 8;

export interface RetryWish {
  readonly run: Run;
  /** That the run follows so far. */
  readonly old: PlanFile;
  readonly plan: PlanFile;
  readonly cards: readonly string[];
  readonly sourceFingerprint: string;
}

/** Throws UNKNOWN_CARD and RETRY_NEEDS_NEW_MOVE. */
export async function retryEffect(
  deps: Pick<EffectDependencies, 'control' | 'target'>,
  { run, old, plan, cards, sourceFingerprint }: RetryWish,
): Promise<Effect> {
  const other = refuseOtherTables(old, plan);
  if (other) throw other;
  const held = await readHeldRows(deps.control, { runId: run.runId, plan, cards });
  const rows = held.reduce((sum, entity) => sum + entity.rows.size, 0);
  const links = await findLostLinks(
    plan,
    run.runId,
    held.map((entity) => ({ held: entity, fits: new Set(entity.rows.keys()) })),
    deps.target,
  );
  const linked = links.reduce((sum, { keys }) => sum + keys.length, 0);
  const changes = comparePlans(old, plan).map(({ text }) => text);
  const more = changes.length - MOST_CHANGES;
  return {
    action: RETRY_ACTION,
    title: `Move up to ${countOf(rows, 'record')} that ${rows === 1 ? 'was' : 'were'} set aside.`,
    effect: [
      'These are tried again as the old database has them now; those that fit are added to the new system, the others stay set aside:',
      ...held.map(({ entity, rows: ofEntity }) => `${entityWords(entity)}: ${formatCount(ofEntity.size)}.`),
      ...(changes.length === 0
        ? ['The plan stays as it is.']
        : [
            'The run goes by the edited plan from then on. What is different:',
            ...changes.slice(0, MOST_CHANGES),
            ...(more > 0 ? [`${formatCount(more)} more differences.`] : []),
            'Records that were moved before stay as they are: were they to come out otherwise, nothing is done.',
          ]),
      ...(linked > 0
        ? [`Up to ${countOf(linked, 'record')} moved without a link to one of these get it back.`]
        : []),
      'The old database is only read.',
    ],
    rows: rows + linked,
    maxRows: rows + linked,
    reversible: {
      answer: 'yes',
      how: 'Together with the run, until the final clean-up: rolling it back takes these records out as well.',
    },
    inTarget: await wordsInTarget(deps.control, plan.migration),
    needsReason: false,
    planHash: planHash(plan),
    sourceFingerprint,
    targetFingerprint: await targetFingerprint(deps.target, plan),
    runId: run.runId,
    subject: subjectOf(cards),
    basis: null,
  };
}

/** Which cards, in whatever order they were named; empty: every one. */
export function subjectOf(cards: readonly string[]): string {
  return [...new Set(cards)].sort().join(',');
}

export function cardsOf(subject: string): string[] {
  return subject === '' ? [] : subject.split(',');
}
