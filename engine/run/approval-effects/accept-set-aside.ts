/**
 * Going past a closed gate without the rows that are set aside: exactly those of the entities that keep it closed. A gate
 * that is closed because rows are missing opens for nobody.
 */
import type { Run } from '../../control/run-store.ts';
import { MigrationError } from '../../core/errors.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { readCauses } from '../../report/causes.ts';
import { countOf, entityWords, formatCount } from '../../report/words.ts';
import type { Effect, EffectDependencies } from './effect.ts';
import { wordsInTarget } from './in-target.ts';
import { targetFingerprint } from './structures.ts';

/** The action of the yes of one entity, which check-gate.ts uses up. */
export function acceptAction(entity: string): string {
  return `accept-set-aside:${entity}`;
}

export async function acceptSetAsideEffect(
  deps: Pick<EffectDependencies, 'control' | 'target'>,
  run: Run,
  plan: PlanFile,
  sourceFingerprint: string,
): Promise<Effect> {
  const parts: { entity: string; rows: number }[] = [];
  const foreign = (run.error?.details.foreign ?? {}) as Readonly<Record<string, number>>;
  for (const entity of entitiesAtGate(run))
    parts.push({
      entity,
      rows: (await deps.control.quarantine.count(run.runId, entity)) + (foreign[entity] ?? 0),
    });
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const causes = (await readCauses(deps.control, { runId: run.runId })).filter(
    ({ outcome }) => outcome === 'quarantined',
  );
  return {
    action: 'accept-set-aside',
    title: `Go on without ${countOf(rows, 'record')} that ${rows === 1 ? 'was' : 'were'} set aside.`,
    effect: [
      `The move goes past the check that stopped it, without these records (run ${run.runId}):`,
      ...parts.map(({ entity, rows: ofEntity }) => {
        const why = causes.filter((cause) => cause.entity === entity);
        const reasons = why.map(({ rows: n, explanation }) =>
          why.length === 1 ? explanation : `${formatCount(n)}: ${explanation}`,
        );
        return [`${entityWords(entity)}: ${countOf(ofEntity, 'record')}.`, ...reasons].join(' ');
      }),
      ...Object.entries(foreign).map(
        ([entity, count]) =>
          `${entityWords(entity)}: somebody else wrote to ${countOf(count, 'record')} in the new system meanwhile; they stay as others have them.`,
      ),
      'They stay in the old database, and a copy of each is kept. Should more be set aside, the move stays where it is.',
    ],
    rows,
    maxRows: rows,
    reversible: {
      answer: 'yes',
      how: 'Together with the run, until the final clean-up; the records themselves are not lost.',
    },
    inTarget: await wordsInTarget(deps.control, plan.migration),
    needsReason: true,
    planHash: run.planHash,
    sourceFingerprint,
    targetFingerprint: await targetFingerprint(deps.target, plan),
    runId: run.runId,
    subject: '',
    basis: null,
    parts,
  };
}

/** Throws GATE_NOT_CLOSED, and GATE_CLOSED where rows are missing. */
function entitiesAtGate({ runId, error }: Run): readonly string[] {
  const closed = error?.code === 'GATE_CLOSED' ? error.details : {};
  const entities = (closed.entities as string[] | undefined) ?? [];
  if (entities.length === 0) {
    throw new MigrationError({
      code: 'GATE_NOT_CLOSED',
      message: `No gate of run ${runId} is closed, so there is nothing to accept.`,
      hint: `See where it stands: towpath status ${runId}`,
    });
  }
  const missing = (closed.missing as string[] | undefined) ?? [];
  if (missing.length === 0) return entities;
  throw new MigrationError({
    code: 'GATE_CLOSED',
    message: `The gate of run ${runId} is closed because rows are not accounted for: ${missing.join(', ')}. No approval opens it.`,
    hint: `Continue the run, which reads what is missing: towpath resume ${runId}. Or undo it: towpath rollback ${runId} --preview`,
    details: { runId, entities: missing },
  });
}
