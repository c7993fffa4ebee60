/** Comparing, reporting, signing: what turns a loaded run into one that somebody can put a name under. */
import type { z } from 'zod';
import type { ApprovalCard } from '../../contract/approvals.ts';
import type { validationFacts } from '../../contract/facts.ts';
import type { Effect, Told } from '../../contract/journey.ts';
import type { RunStatus } from '../../contract/run.ts';
import type { ValidationReport } from '../../contract/validation.ts';
import { MigrationError } from '../../core/errors.ts';
import { shownSentence } from '../../core/shown-text.ts';
import { renderReport } from '../../report/render.ts';
import { countOf } from '../../report/words.ts';
import { reportFormats } from '../../workspace/report-files.ts';
import type { JourneyDependencies } from '../dependencies.ts';
import { factsOfFinding, MOST_FINDINGS } from '../facts/finding-facts.ts';
import { runInHand } from './move.ts';
import { withApproval } from './with-approval.ts';

type Validated = z.infer<typeof validationFacts>;

/** A run that was verified already is not compared again. @throws NO_RUN, RUN_IN_PROGRESS */
export async function validate(deps: JourneyDependencies): Promise<Told<Validated>> {
  const { engine } = deps;
  const run = await runInHand(deps);
  const { runId, state } = run;
  const stored = state === 'completed' ? await engine.validation(runId) : null;
  if (stored?.overallStatus === 'verified') return tellValidation(stored);
  if (run.alive) throw notComparedYet(run);
  return tellValidation(await engine.validate({ type: 'all', runId, entities: [], fix: false }));
}

const moving = {
  message: 'Records are being moved just now, so old and new cannot be compared yet.',
  hint: 'Wait until the move has ended: it compares by itself. To compare what is in already, pause the move first.',
};
const atWork: Partial<Record<RunStatus['state'], typeof moving>> = {
  validating: {
    message: 'The move is comparing old and new just now.',
    hint: 'Wait until it has ended; the result is shown then.',
  },
  'rolling-back': {
    message: 'The records of this move are being taken out just now, so there is nothing to compare.',
    hint: 'Wait until that has ended.',
  },
};

/** Of a run at work, what is not in yet would be told as missing. */
function notComparedYet({ runId, state }: RunStatus): MigrationError {
  const words = atWork[state] ?? moving;
  return new MigrationError({ code: 'RUN_IN_PROGRESS', ...words, details: { runId } });
}

/** A person signs the result as it was compared; what differs or was not compared stands on the card that they sign. */
export async function signOff(deps: JourneyDependencies, by: string): Promise<Effect<ApprovalCard>> {
  const { engine } = deps;
  const { runId, state } = await runInHand(deps);
  const signed = (card: ApprovalCard) =>
    card.action === 'sign-off' && card.runId === runId && card.state === 'used';
  const told = (card: ApprovalCard): Told<ApprovalCard> => ({
    data: card,
    words: `Signed by ${card.decidedBy}.${state === 'completed' ? ' The move is complete.' : ''} The old database was only read.`,
    choices: ['Open the report'],
  });
  const before = (await engine.approvals()).find(signed);
  if (before) return { status: 'done', told: told(before) };
  return withApproval(engine, { wish: { action: 'sign-off', runId }, by }, async (card) => told(card));
}

/** As HTML, Markdown and JSON; without single values, which a detailed report would hold. */
export async function writeReport(deps: JourneyDependencies): Promise<string> {
  const { runId } = await runInHand(deps);
  const report = await deps.engine.report(runId);
  const documents = reportFormats.map((format) => ({
    format,
    text: renderReport(report, format, { detailed: false }),
    detailed: false,
  }));
  deps.workspace.writeReport(runId, documents);
  return runId;
}

function tellValidation(report: ValidationReport): Told<Validated> {
  const data = {
    runId: report.runId,
    overallStatus: report.overallStatus,
    rowsCompared: report.rowsCompared,
    valuesCompared: report.valuesCompared,
    issues: report.issues.slice(0, MOST_FINDINGS).map(factsOfFinding),
    notVerified: report.notVerified.map((text) => shownSentence(text)),
  };
  return { data, words: wordsOf(data, report.issues.length), choices: choicesOf(report) };
}

function wordsOf(report: Validated, issues: number): string {
  const compared = `${countOf(report.rowsCompared, 'record')} and ${countOf(report.valuesCompared, 'value')} were compared with the old database`;
  const open =
    report.notVerified.length === 0
      ? ''
      : ` Not checked: ${report.notVerified
          .slice(0, 3)
          .map((text) => text.replace(/\.$/, ''))
          .join('; ')}.`;
  if (report.overallStatus === 'verified') return `${compared}; no difference was found.${open}`;
  if (report.overallStatus === 'incomplete')
    return `${compared}, but not everything could be compared.${open}`;
  return `${countOf(issues, 'difference')} between the old and the new system ${issues === 1 ? 'was' : 'were'} found. ${compared}.${open}`;
}

function choicesOf({ overallStatus }: ValidationReport): string[] {
  return overallStatus === 'verified' ? ['Go on', 'Where are we'] : ['Show the differences', 'Undo the move'];
}
