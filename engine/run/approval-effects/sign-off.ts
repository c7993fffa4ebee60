/**
 * Accepting a run's result as it was validated: the signature names the newest validation by its hash, so a later one asks
 * for a new signature. What was not verified is said, all of it.
 */
import type { Run } from '../../control/run-store.ts';
import type { StoredValidation } from '../../control/validation-store.ts';
import { createClock } from '../../core/clock.ts';
import { MigrationError } from '../../core/errors.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { collectReport } from '../../report/collect.ts';
import { reportFacts } from '../../report/report-facts.ts';
import { verdictOf } from '../../report/verdict.ts';
import { formatMoment, shortHash } from '../../report/words.ts';
import { hashOf } from '../../schema/canonical-json.ts';
import { readRunStatus } from '../status.ts';
import type { Effect, EffectDependencies } from './effect.ts';
import { wordsInTarget } from './in-target.ts';
import { targetFingerprint } from './structures.ts';

const LOADED = ['copied', 'validating', 'completed'];

/** Throws RUN_NOT_FINISHED and NOT_VALIDATED. */
export async function signOffEffect(
  deps: Pick<EffectDependencies, 'control' | 'target'>,
  run: Run,
  plan: PlanFile,
): Promise<Effect> {
  const { control } = deps;
  if (!LOADED.includes(run.state)) throw notFinished(run);
  const report = await collectReport({
    control,
    run: await readRunStatus(control, run),
    plan,
    clock: createClock(),
  });
  const newest = await control.validations.latest(run.runId);
  if (!report.validation || !newest) throw notValidated(run);
  const basis = hashOf({ full: report.validation, newest: newest.report });
  const facts = reportFacts(report);
  return {
    action: 'sign-off',
    title: 'Accept the result of the move.',
    effect: [
      verdictOf(report, facts).sentence,
      ...facts.held.map((words) => `Verified: ${words}.`),
      ...facts.failed.map(({ message }) => `Differs, and signing accepts it: ${message}`),
      ...facts.notChecked.map((words) => `Not verified: ${words}`),
      ...later(report.validation.type, newest),
      `The name stands in the report, for exactly this validation of ${formatMoment(report.validation.timestamp)} (${shortHash(basis)}).`,
    ],
    rows: 0,
    maxRows: 0,
    reversible: {
      answer: 'no',
      how: 'A signature stays in the record. A later validation can be signed anew, and the run can still be undone.',
    },
    inTarget: await wordsInTarget(control, plan.migration),
    needsReason: false,
    planHash: run.planHash,
    sourceFingerprint: null,
    targetFingerprint: await targetFingerprint(deps.target, plan),
    runId: run.runId,
    subject: '',
    basis,
  };
}

/** The report rests on the newest full validation; what was looked at after it belongs to the picture. */
function later(type: string, newest: StoredValidation): string[] {
  if (newest.type === type) return [];
  return [`A later look at ${newest.type} alone came to: ${newest.status}.`];
}

function notFinished({ runId, state }: Run): MigrationError {
  return new MigrationError({
    code: 'RUN_NOT_FINISHED',
    message: `Run ${runId} is ${state.replace('-', ' ')}, so there is no result to sign.`,
    hint: `See what is left: towpath status ${runId}`,
    details: { runId, currentState: state },
  });
}

function notValidated({ runId }: Run): MigrationError {
  return new MigrationError({
    code: 'NOT_VALIDATED',
    message: `Nobody has compared old and new system for run ${runId} yet, so there is nothing to sign.`,
    hint: `Validate it first: towpath validate all ${runId}`,
    details: { runId },
  });
}
