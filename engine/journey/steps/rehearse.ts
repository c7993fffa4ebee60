/** A rehearsal of the plan in hand; one that this very plan has passed is not repeated. */
import type { z } from 'zod';
import { type ChaosReport, USUAL_FAULTS } from '../../contract/chaos.ts';
import type { rehearsalFacts } from '../../contract/facts.ts';
import type { Effect, Told } from '../../contract/journey.ts';
import type { RehearsalReport } from '../../contract/rehearsal.ts';
import { shownSentence } from '../../core/shown-text.ts';
import { chaosSentences } from '../../report/chaos-words.ts';
import { DEFAULT_SAMPLE, type JourneyDependencies } from '../dependencies.ts';
import { usablePlan } from '../plan-in-hand.ts';
import { kindsSetAside, rehearsalWords } from '../rehearsal-words.ts';
import { withApproval } from './with-approval.ts';

type Rehearsed = z.infer<typeof rehearsalFacts>;

/** Many moves take the place of many rows, so that a person need not wait too long. */
const CHAOS_SAMPLE = 100;
const CHAOS_MINUTES = 6;

export async function rehearse(
  deps: JourneyDependencies,
  by: string,
  { chaos = false }: { readonly chaos?: boolean } = {},
): Promise<Effect<Rehearsed>> {
  const { engine, workspace } = deps;
  const usual = deps.sample ?? DEFAULT_SAMPLE;
  const sample = chaos ? Math.min(usual, CHAOS_SAMPLE) : usual;
  const { plan, hash } = usablePlan(deps);
  const before = workspace.readRehearsal();
  if (
    before?.planHash === hash &&
    before.status === 'passed' &&
    (!chaos || before.chaos?.status === 'passed')
  ) {
    return { status: 'done', told: tellRehearsal(before, { chaosAsked: chaos }) };
  }
  const wish = { action: 'rehearse' as const, plan, sample, ...(chaos ? { faults: USUAL_FAULTS } : {}) };
  return withApproval(engine, { wish, by }, async ({ maxRows }) => {
    const report = await engine.rehearse(plan, {
      ...{ entities: [], sample, maxRows },
      ...(chaos ? { chaos: { faults: USUAL_FAULTS, minutes: CHAOS_MINUTES } } : {}),
    });
    const known = chaos ? report : withBrokenChaos(report, before);
    workspace.writeRehearsal(known);
    return tellRehearsal(known, { chaosAsked: chaos });
  });
}

/** What faults have shown of a plan, a rehearsal without them does not take back. */
function withBrokenChaos(report: RehearsalReport, before: RehearsalReport | null): RehearsalReport {
  const known = before?.planHash === report.planHash ? before.chaos : undefined;
  return known?.status === 'failed' ? { ...report, status: 'failed', chaos: known } : report;
}

function tellRehearsal(report: RehearsalReport, { chaosAsked = false } = {}): Told<Rehearsed> {
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
    ...(report.chaos === undefined ? {} : { chaos: chaosNumbers(report.chaos) }),
  };
  if (report.chaos !== undefined && report.validation.overallStatus === 'verified')
    return { data, words: chaosTold(data, report.chaos, chaosAsked), choices: choicesOf(data) };
  const untried = chaosAsked ? ' No fault was tried: that comes once the rehearsal itself goes through.' : '';
  return { data, words: `${wordsOf(data)}${untried}`, choices: choicesOf(data) };
}

function chaosNumbers({ status, seed, moves, faults, rowsCompared, violations }: ChaosReport) {
  return {
    ...{ status, seed, rowsCompared },
    moves: moves.made,
    faults: faults.struck,
    violations: violations.length,
  };
}

function chaosTold(rehearsed: Rehearsed, chaos: ChaosReport, isNew: boolean): string {
  const told = chaosSentences(chaos).map((words) => shownSentence(words));
  const next =
    chaos.status === 'failed'
      ? ' That must not be. The move does not start with this plan before such a rehearsal has gone through; an engineer should look at it, with the seed.'
      : '';
  const before = isNew ? '' : ' An earlier rehearsal of this plan, under faults:';
  return `${rehearsalWords(rehearsed)}${before} ${told.join(' ')} The seed was ${chaos.seed}.${next}`;
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
