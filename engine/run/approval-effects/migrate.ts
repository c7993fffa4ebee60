/**
 * Moving a plan's rows. A run that stopped because the source holds more rows than were approved is gone on with by an
 * approval of its own: it covers what the run has counted by now, and the estimate of the rest.
 */
import type { RunStatus } from '../../contract/run.ts';
import { createsTable } from '../../plan/creates-table.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { planHash } from '../../plan/plan-hash.ts';
import { countOf, formatCount, formatShare, joinWords } from '../../report/words.ts';
import type { Effect, EffectDependencies } from './effect.ts';
import { wordsInTarget } from './in-target.ts';
import { staysBehind } from './stays-behind.ts';
import { targetFingerprint } from './structures.ts';

/** Rows may come in between approval and run; beyond this the approval no longer covers them. */
export const GROWTH = 1.1;

export async function migrateEffect(
  deps: Pick<EffectDependencies, 'control' | 'target'>,
  plan: PlanFile,
  sourceFingerprint: string,
): Promise<Effect> {
  const hash = planHash(plan);
  const stopped = await exceededRun(deps, hash);
  const estimated = plan.entities.reduce((sum, entity) => sum + entity.estimatedRows, 0);
  const rows = Math.max(estimated, stopped?.rows ?? 0);
  return {
    action: 'migrate',
    title: stopped
      ? 'Go on with the move, which holds more records than were approved.'
      : `Move about ${countOf(rows, 'record')} into the new system.`,
    effect: [...(stopped ? [stopped.sentence] : []), ...sentences(plan, rows)],
    rows,
    maxRows: Math.ceil(rows * GROWTH),
    reversible: {
      answer: 'yes',
      how: 'Until the final clean-up the whole move can be undone: exactly the records it brought are taken out again. The old database keeps all of them.',
    },
    inTarget: await wordsInTarget(deps.control, plan.migration),
    needsReason: false,
    planHash: hash,
    sourceFingerprint,
    targetFingerprint: await targetFingerprint(deps.target, plan),
    runId: stopped?.runId ?? null,
    subject: '',
    basis: null,
  };
}

function sentences(plan: PlanFile, rows: number): string[] {
  const levels = new Set(plan.entities.map(({ level }) => level)).size;
  const strict = plan.entities.filter(({ financial }) => financial).map(({ name }) => name);
  const stay = staysBehind(plan);
  return [
    `${countOf(plan.entities.length, 'kind')} of records move in ${countOf(levels, 'step')}; each step begins only when the one before has been checked.`,
    `About ${countOf(rows, 'record')} are added to the new system${tableWords(plan)}. The old database is only read.`,
    ...mergeWords(plan),
    `At most ${formatShare(plan.settings.maxFailureRate, 1)} of a kind may be set aside; more stops the move.${strict.length > 0 ? ` None of ${joinWords(strict)}, unless the plan says otherwise.` : ''}`,
    `It stops as well before it would bring more than ${formatCount(Math.ceil(rows * GROWTH))} records.`,
    ...(stay.length > 0
      ? [`In the old database ${stay[0]!.startsWith('1 ') ? 'stays' : 'stay'} ${stay.join('. And ')}.`]
      : []),
    ...answerWords(plan),
  ];
}

/** What somebody decided about the plan: whoever approves it approves that too. */
function answerWords({ questions }: PlanFile): string[] {
  const answered = questions.flatMap(({ number, answer, choices }) => {
    const chosen = choices.find(({ id }) => id === answer);
    return chosen ? [`${number}, ${chosen.text.replace(/\.$/, '')}`] : [];
  });
  return answered.length === 0
    ? []
    : [
        `${countOf(answered.length, 'question')} about the plan ${answered.length === 1 ? 'is' : 'are'} answered: ${answered.join('; ')}.`,
      ];
}

/** Which tables are made, and which are there and filled. */
function tableWords(plan: PlanFile): string {
  const made = plan.entities.filter((entity) => createsTable(plan, entity)).length;
  if (made === plan.entities.length) return ', whose tables are made first';
  const filled = countOf(plan.entities.length - made, 'table');
  return made === 0
    ? `, to ${filled} that it has`
    : `, to ${filled} that it has and ${formatCount(made)} that are made first`;
}

/** What happens to records that the new system has already. */
function mergeWords(plan: PlanFile): string[] {
  const of = (onMatch: 'keep' | 'update') =>
    plan.entities.filter(({ merge }) => merge?.onMatch === onMatch).map(({ name }) => name);
  const [kept, updated] = [of('keep'), of('update')];
  return [
    ...(kept.length > 0
      ? [
          `Records of ${joinWords(kept)} that the new system has already stay as they are there; old records that refer to them are tied to those.`,
        ]
      : []),
    ...(updated.length > 0
      ? [
          `Records of ${joinWords(updated)} that the new system has already get the old values. What they are now is kept, and given back if the move is undone.`,
        ]
      : []),
  ];
}

interface Exceeded {
  readonly runId: RunStatus['runId'];
  readonly rows: number;
  readonly sentence: string;
}

/** The newest run of the plan, if it waits for an approval of more rows. */
async function exceededRun(
  { control }: Pick<EffectDependencies, 'control'>,
  hash: string,
): Promise<Exceeded | null> {
  const [newest] = (await control.runs.list()).filter((run) => run.planHash === hash);
  if (newest?.state !== 'paused' || newest.error?.code !== 'APPROVAL_EXCEEDED') return null;
  const { counted, approved, rest } = newest.error.details as {
    counted: number;
    approved: number;
    rest: number;
  };
  return {
    runId: newest.runId,
    rows: counted + rest,
    sentence: `Run ${newest.runId} waits: ${formatCount(approved)} records were approved, but up to the step it is at the old database holds ${formatCount(counted)}. With this it goes on where it stopped.`,
  };
}
