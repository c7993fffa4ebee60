/** Trying a plan on a sample. How many rows that are is known only once they are chosen; the bound is stated, and kept to. */
import type { Wish } from '../../contract/approvals.ts';
import { MigrationError } from '../../core/errors.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { planHash } from '../../plan/plan-hash.ts';
import { countOf, formatCount } from '../../report/words.ts';
import type { Effect, EffectDependencies } from './effect.ts';
import { wordsInTarget } from './in-target.ts';
import { targetFingerprint } from './structures.ts';

/** Throws APPROVAL_EXCEEDED. The plan of a rehearsal counts its chosen rows exactly. */
export function refuseLargeSample(scratch: PlanFile, maxRows: number = Number.POSITIVE_INFINITY): void {
  const rows = scratch.entities.reduce((sum, entity) => sum + entity.estimatedRows, 0);
  if (rows <= maxRows) return;
  throw new MigrationError({
    code: 'APPROVAL_EXCEEDED',
    message: `The chosen records and those they point to are ${countOf(rows, 'record')}; ${formatCount(maxRows)} were approved. Nothing was copied.`,
    hint: 'Rehearse with fewer records of each kind.',
    details: { rows, maxRows },
  });
}

/** Only the rehearsal’s own connections and processes are disturbed: nobody else’s. */
function underFaults(faults: number): string[] {
  return [
    `Afterwards the same records are moved again and again into scratch areas while ${countOf(faults, 'fault')} strike: the rehearsal’s own connections are cut or slowed down, batches are made to fail, its process is stopped in the middle. After each move all records are compared. Nobody else’s connection is touched; both servers have more to do for some minutes.`,
  ];
}

/** Rows that a chosen row may bring along, itself counted: those it points to, and those that these point to. */
const PARENTS = 5;

export async function rehearseEffect(
  deps: Pick<EffectDependencies, 'control' | 'target'>,
  { plan, sample, faults }: Extract<Wish, { action: 'rehearse' }>,
  sourceFingerprint: string,
): Promise<Effect> {
  const again = faults === undefined ? [] : underFaults(faults);
  const maxRows = sample * plan.entities.length * PARENTS;
  return {
    action: 'rehearse',
    title: `Rehearse with ${countOf(sample, 'record')} of each kind${faults === undefined ? '' : `, also under ${countOf(faults, 'fault')}`}.`,
    effect: [
      `Up to ${countOf(sample, 'record')} of each of ${countOf(plan.entities.length, 'kind')}, and the records they point to, are copied into a scratch area beside the new system. The old database is only read.`,
      `At most ${countOf(maxRows, 'record')} in all, which leaves room for ${formatCount(PARENTS - 1)} others that each chosen record points to.`,
      'They are checked like the real ones. Then the scratch area is removed, however the rehearsal ends.',
      ...again,
      'The tables of the new system itself are not touched.',
    ],
    rows: maxRows,
    maxRows,
    reversible: { answer: 'yes', how: 'Nothing is left to undo: the scratch area is removed at the end.' },
    inTarget: await wordsInTarget(deps.control, plan.migration),
    needsReason: false,
    planHash: planHash(plan),
    sourceFingerprint,
    targetFingerprint: await targetFingerprint(deps.target, plan),
    runId: null,
    subject: `${faults === undefined ? '' : `faults=${faults} `}sample=${sample}`,
    basis: null,
  };
}
