/** A rehearsal of the plan in hand; one that this very plan has passed is not repeated. */
import type { z } from 'zod';
import type { RehearsalReport } from '../../contract/contract.ts';
import type { rehearsalFacts } from '../../contract/facts.ts';
import type { Effect, Told } from '../../contract/journey.ts';
import { shownSentence } from '../../core/shown-text.ts';
import { DEFAULT_SAMPLE, type JourneyDependencies } from '../dependencies.ts';
import { usablePlan } from '../plan-in-hand.ts';
import { kindsSetAside, rehearsalWords } from '../rehearsal-words.ts';
import { withApproval } from './with-approval.ts';

type Rehearsed = z.infer<typeof rehearsalFacts>;

export async function rehearse(deps: JourneyDependencies, by: string): Promise<Effect<Rehearsed>> {
  const { engine, workspace, sample = DEFAULT_SAMPLE } = deps;
  const { plan, hash } = usablePlan(deps);
  const before = workspace.readRehearsal();
  if (before?.planHash === hash && before.status === 'passed') {
    return { status: 'done', told: tellRehearsal(before) };
  }
  return withApproval(engine, { wish: { action: 'rehearse', plan, sample }, by }, async ({ maxRows }) => {
    const report = await engine.rehearse(plan, { entities: [], sample, maxRows });
    workspace.writeRehearsal(report);
    return tellRehearsal(report);
  });
}

function tellRehearsal(report: RehearsalReport): Told<Rehearsed> {
  const sum = (pick: (entity: RehearsalReport['entities'][number]) => number) =>
    report.entities.reduce((total, entity) => total + pick(entity), 0);
  const failed = report.validation.checks.filter(({ status }) => status === 'fail');
  const data = {
    status: report.status,
    planHash: report.planHash,
    rows: sum(({ rows }) => rows),
    written: sum(({ written }) => written),
    repaired: sum(({ repaired }) => repaired),
    setAside: sum(({ quarantined }) => quarantined),
    kindsSetAside: kindsSetAside(report),
    seconds: report.forecast.seconds,
    problems: failed.map(({ entity, type, message }) => ({
      entity,
      check: type,
      message: shownSentence(message),
    })),
  };
  return { data, words: wordsOf(data), choices: choicesOf(data) };
}

function wordsOf(rehearsed: Rehearsed): string {
  const { status, problems } = rehearsed;
  if (status === 'passed') return rehearsalWords(rehearsed);
  return `The rehearsal did not pass: ${problems[0]?.message ?? 'not everything could be checked.'} The new system is as it was; the trial area is gone. This plan cannot start before it has passed.`;
}

function choicesOf({ status }: Rehearsed): string[] {
  return status === 'passed'
    ? ['Start the move', 'What could go wrong', 'Not now']
    : ['Show the plan', 'Stop'];
}
