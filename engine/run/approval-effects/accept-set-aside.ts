/**
 * Going past a closed gate without the rows that are set aside, and with those that somebody else wrote to: exactly those of
 * the entities that keep it closed, each kind with a yes of its own. A gate that is closed because rows are missing opens for
 * nobody.
 */
import type { Run } from '../../control/run-store.ts';
import { MigrationError } from '../../core/errors.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { readCauses } from '../../report/causes.ts';
import { countOf, entityWords, formatCount } from '../../report/words.ts';
import type { Effect, EffectDependencies, GatePart } from './effect.ts';
import { wordsInTarget } from './in-target.ts';
import { targetFingerprint } from './structures.ts';

/** The action of the yes to one part, which check-gate.ts uses up. */
export function acceptAction({ entity, foreign = false }: Pick<GatePart, 'entity' | 'foreign'>): string {
  return `${foreign ? 'accept-foreign' : 'accept-set-aside'}:${entity}`;
}

export async function acceptSetAsideEffect(
  deps: Pick<EffectDependencies, 'control' | 'target'>,
  run: Run,
  plan: PlanFile,
  sourceFingerprint: string,
): Promise<Effect> {
  const { aside, written } = await partsAtGate(deps, run);
  const parts = [...aside, ...written];
  const rows = rowsOf(parts);
  const causes = (await readCauses(deps.control, { runId: run.runId })).filter(
    ({ outcome }) => outcome === 'quarantined',
  );
  return {
    action: 'accept-set-aside',
    title: titleOf(rowsOf(aside), rowsOf(written)),
    effect: [
      aside.length === 0
        ? 'The move goes past the check that stopped it.'
        : 'The move goes past the check that stopped it, without these records:',
      ...aside.map(({ entity, rows: ofEntity }) => {
        const why = causes.filter((cause) => cause.entity === entity);
        const reasons = why.map(({ rows: n, explanation }) =>
          why.length === 1 ? explanation : `${formatCount(n)}: ${explanation}`,
        );
        return [`${entityWords(entity)}: ${countOf(ofEntity, 'record')}.`, ...reasons].join(' ');
      }),
      ...(aside.length === 0
        ? []
        : [
            'They stay in the old database, and a copy of each is kept. Should more be set aside, the move stays where it is.',
          ]),
      ...written.map(
        ({ entity, rows: count }) =>
          `${entityWords(entity)}: somebody else wrote to ${countOf(count, 'record')} in the new system meanwhile; they stay as others have them. Should there be more, the move stays where it is.`,
      ),
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

interface PartsAtGate {
  /** Rows that were set aside. */
  readonly aside: readonly GatePart[];
  /** Rows that others wrote to. */
  readonly written: readonly GatePart[];
}

/** As many as are set aside now, and as others had written to when the gate closed. */
async function partsAtGate({ control }: Pick<EffectDependencies, 'control'>, run: Run): Promise<PartsAtGate> {
  const entities = entitiesAtGate(run);
  const foreign = (run.error?.details.foreign ?? {}) as Readonly<Record<string, number>>;
  const closed = run.error?.details.aside as readonly string[] | undefined;
  const aside: GatePart[] = [];
  for (const entity of entities.filter((name) => closed?.includes(name) ?? foreign[name] === undefined))
    aside.push({ entity, rows: await control.quarantine.count(run.runId, entity) });
  return {
    aside,
    written: Object.entries(foreign).map(([entity, rows]) => ({ entity, rows, foreign: true })),
  };
}

function rowsOf(parts: readonly GatePart[]): number {
  return parts.reduce((sum, { rows }) => sum + rows, 0);
}

function titleOf(aside: number, written: number): string {
  const without = `without ${countOf(aside, 'record')} that ${aside === 1 ? 'was' : 'were'} set aside`;
  const as = `${countOf(written, 'record')} as somebody else has changed ${written === 1 ? 'it' : 'them'}`;
  if (written === 0) return `Go on ${without}.`;
  return aside === 0 ? `Go on with ${as}.` : `Go on ${without}, and with ${as}.`;
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
