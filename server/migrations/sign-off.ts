/**
 * The sign-off of a result: whether it can be signed, and signing it. A signature is an approval like any other: it is asked
 * for, decided in the name of the session, and used up once. The name that was typed stands beside it, with the note.
 */
import { decide } from '../../desk/decide.ts';
import type { ApprovalCard } from '../../engine/contract/approvals.ts';
import type { Effect } from '../../engine/contract/journey.ts';
import type { JourneyState } from '../../engine/contract/journey-state.ts';
import type { MigrationReport } from '../../engine/contract/report.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import { reportFacts } from '../../engine/report/report-facts.ts';
import { hashOf } from '../../engine/schema/canonical-json.ts';
import type { SignOffState, SignOffStatement } from '../shapes/proof.ts';
import type { Desk } from './migrations.ts';

export interface Signature {
  /** Of the session. */
  readonly by: string;
  /** As typed. */
  readonly name: string;
  readonly note: string;
  readonly statements: readonly SignOffStatement[];
  /** Which proof was read. */
  readonly reading: string;
}

/** How long the guided migration may take to use up the signature it waits for. */
const patience = { milliseconds: 10_000 };

export function signOffState(
  report: MigrationReport,
  journey: JourneyState,
  approvals: readonly ApprovalCard[],
): SignOffState {
  const { runId } = report.run;
  const mine = approvals.filter((card) => card.action === 'sign-off' && card.runId === runId);
  const card = mine.find(({ state }) => state === 'requested') ?? null;
  const statements = statementsOf(report);
  const used = mine.find(({ state }) => state === 'used');
  const unsigned = { card, statements, reading: readingOf(report), by: null, at: null, note: null };
  if (used !== undefined) {
    const { decidedBy: by, decidedAt: at, reason: note } = used;
    return { ...unsigned, state: 'signed', reason: null, by, at, note };
  }
  if (journey.run?.runId !== runId)
    return { ...unsigned, state: 'not-ready', reason: 'Only the result of the newest move can be signed.' };
  if (card !== null || journey.step === 'sign-off') return { ...unsigned, state: 'ready', reason: null };
  return { ...unsigned, state: 'not-ready', reason: journey.next };
}

/** What there is to have read. */
export function statementsOf(report: MigrationReport): SignOffStatement[] {
  const { totals, notChecked } = reportFacts(report);
  return [
    ...(totals.setAside + totals.leftOut + totals.duplicates > 0 ? ['read-not-moved' as const] : []),
    ...(notChecked.length > 0 ? ['read-not-checked' as const] : []),
  ];
}

/** @throws PROOF_CHANGED, STATEMENT_REQUIRED and what asking for and deciding an approval throw; then nothing is signed */
export async function signOff(desk: Desk, signature: Signature): Promise<Effect<ApprovalCard>> {
  const { engine, journey } = desk.opened;
  const { data: run } = await journey.run(null);
  const report = await engine.report(run.runId);
  if (readingOf(report) !== signature.reading) throw anotherProof();
  const needed = statementsOf(report);
  if (needed.some((statement) => !signature.statements.includes(statement))) throw statementMissing();
  const { data: card } = await journey.requestApproval('sign-off', signature.by);
  const { by } = signature;
  const decision = { decision: 'grant' as const, by, reason: reasonOf(signature) };
  const decided = await decide(desk, card.id, decision, patience);
  if (decided.next === 'journey') {
    const now = (await engine.approvals()).find(({ id }) => id === card.id);
    if (now?.state === 'used') {
      const words = `Signed by ${now.decidedBy}. The old database was only read.`;
      return { status: 'done', told: { words, data: now, choices: ['Open the report'] } };
    }
  }
  return journey.signOff(by);
}

function reasonOf({ name, note, statements }: Signature): string {
  const read = [
    ...(statements.includes('read-not-moved') ? ['which rows are not in the new system'] : []),
    ...(statements.includes('read-not-checked') ? ['what was not checked'] : []),
  ];
  const says = read.length === 0 ? '' : ` Has read ${read.join(' and ')}.`;
  return `Signed as ${name}.${says}${note === '' ? '' : ` ${note}`}`;
}

/** The same for everybody who reads the same result. */
function readingOf(report: MigrationReport): string {
  const { totals, notChecked, held, failed, money } = reportFacts(report);
  const { runId, planHash, state } = report.run;
  const validated = report.validation?.timestamp ?? null;
  const causes = report.causes.map(({ entity, outcome, reason, rows }) => ({
    entity,
    outcome,
    reason,
    rows,
  }));
  const read = { runId, planHash, state, validated, totals, causes, notChecked, held, money };
  return hashOf({ ...read, failed: failed.length }).slice(0, 32);
}

function anotherProof(): MigrationError {
  return new MigrationError({
    code: 'PROOF_CHANGED',
    message: 'The result is no longer the one that was read.',
    hint: 'Read the proof as it is now, then sign it. Nothing was signed.',
  });
}

function statementMissing(): MigrationError {
  return new MigrationError({
    code: 'STATEMENT_REQUIRED',
    message: 'Not everything that has to be read before signing was marked as read.',
    hint: 'Read which rows are not in the new system and what was not checked, and say so. Nothing was signed.',
  });
}
