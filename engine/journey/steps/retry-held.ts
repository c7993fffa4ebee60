/**
 * Rows that were set aside, as a conversation meets them: cards, a trial, and moving them after all with an approval of its
 * own. What the cards suggest is put on top of the plan file, and stays there once the rows are moved by it.
 */
import type { z } from 'zod';
import type { cardFacts, fixTrialFacts, retryFacts } from '../../contract/facts.ts';
import type { Effect, Told } from '../../contract/journey.ts';
import type { CauseCard } from '../../contract/quarantine.ts';
import { MigrationError } from '../../core/errors.ts';
import { withoutValues } from '../../core/redaction.ts';
import { shownText } from '../../core/shown-text.ts';
import { editText } from '../../plan/changes/change-plan.ts';
import { parsePlan } from '../../plan/plan-document.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { planHash } from '../../plan/plan-hash.ts';
import { countOf, formatCount } from '../../report/words.ts';
import { withPlanAhead } from '../../workspace/plan-ahead.ts';
import type { JourneyDependencies } from '../dependencies.ts';
import { lowerWords, sentence, shownName } from '../facts/told-names.ts';
import { usablePlan } from '../plan-in-hand.ts';
import { runInHand } from './move.ts';
import { askFor } from './with-approval.ts';

type Card = z.infer<typeof cardFacts>;
type Trial = z.infer<typeof fixTrialFacts>;
type Retried = z.infer<typeof retryFacts>;

export interface HeldChoice {
  /** Ids of cards; empty: every one. */
  readonly cards: readonly string[];
  /** With the changes of the plan that the cards suggest. */
  readonly suggested: boolean;
}

const MOST_TOLD = 4;

export async function causeCards(deps: JourneyDependencies): Promise<Told<Card[]>> {
  const { runId } = await runInHand(deps);
  const data = (await deps.engine.causeCards({ runId })).map(factsOf);
  const rows = data.reduce((sum, card) => sum + card.rows, 0);
  if (rows === 0) return { data, words: 'No record is set aside.', choices: ['Where are we'] };
  const more = data.length - MOST_TOLD;
  const words = [
    `${countOf(rows, 'record')} ${rows === 1 ? 'is' : 'are'} set aside, for ${countOf(data.length, 'reason')}.`,
    ...data.slice(0, MOST_TOLD).map(cardWords),
    ...(more > 0 ? [`${countOf(more, 'more reason')} besides.`] : []),
  ].join(' ');
  const fixable = data.some(({ suggestion }) => suggestion !== null);
  return { data, words, choices: [...(fixable ? ['Try the suggestions'] : []), 'Retry', 'Where are we'] };
}

function cardWords({ entity, rows, explanation, suggestion, loses, advice }: Card): string {
  const what = suggestion === null ? (advice ?? '') : `Suggested: ${suggestion}`;
  return `${sentence(lowerWords(entity))}, ${formatCount(rows)}: ${explanation} ${what}${loses === null ? '' : ` Lost by it: ${loses}`}`;
}

function factsOf({
  id,
  entity,
  reason,
  column,
  shape,
  rows,
  explanation,
  samples,
  ...rest
}: CauseCard): Card {
  return {
    id,
    entity,
    reason,
    column: column === null ? null : shownName(column),
    form: shape,
    rows,
    explanation: shownText(explanation),
    samples: samples.flatMap(({ value }) => (value === null ? [] : [shownText(value, 60)])),
    suggestion:
      rest.suggestion === null ? null : shownText(rest.suggestion.withoutValues ?? rest.suggestion.words),
    loses: rest.suggestion?.loses == null ? null : shownText(rest.suggestion.loses),
    advice: rest.advice,
  };
}

/** Writes nothing, neither the plan nor a row. */
export async function tryFix(deps: JourneyDependencies, choice: HeldChoice): Promise<Told<Trial>> {
  const { runId } = await runInHand(deps);
  const { plan } = await planFor(deps, runId, choice);
  const report = await deps.engine.tryFix({ runId, cards: choice.cards, plan });
  const { rows, wouldMove, wouldBeDuplicates, wouldBeRepaired, gone, leftOut, refusal } = report;
  const data = {
    ...{ rows, wouldMove, wouldBeRepaired, gone, leftOut, wouldBeSame: wouldBeDuplicates },
    stillHeld: report.stillHeld.map(({ entity, rows: held, explanation }) => ({
      entity,
      rows: held,
      explanation: shownText(explanation),
    })),
    onlyAtRetry: report.onlyAtRetry.map((words) => shownText(words)),
    refusal: refusal === null ? null : shownText(withoutValues(refusal)),
  };
  const held = data.stillHeld.map(
    ({ entity, rows: n, explanation }) =>
      `${sentence(lowerWords(entity))}, ${formatCount(n)}: ${explanation}`,
  );
  const words = [
    `Tried, and nothing was written: ${formatCount(wouldMove)} of ${countOf(rows, 'record')} would be moved${wouldBeRepaired > 0 ? `, ${formatCount(wouldBeRepaired)} of them changed to fit` : ''}.`,
    ...(wouldBeDuplicates > 0
      ? [`${countOf(wouldBeDuplicates, 'record')} the same as another, and would lead to it.`]
      : []),
    ...(held.length > 0 ? [`These would stay set aside. ${held.slice(0, MOST_TOLD).join(' ')}`] : []),
    ...(data.refusal === null ? [] : [`It would be refused: ${data.refusal}`]),
  ].join(' ');
  const possible = wouldMove + wouldBeDuplicates > 0 && refusal === null;
  const retry = choice.suggested ? 'Retry with the suggestions' : 'Retry';
  return { data, words, choices: [...(possible ? [retry] : []), 'Show what is set aside'] };
}

/** Uses up an approval of its own; without one a person is asked, and nothing happens. */
export async function retryHeld(
  deps: JourneyDependencies,
  choice: HeldChoice,
  by: string,
): Promise<Effect<Retried>> {
  const { engine, workspace } = deps;
  const { runId } = await runInHand(deps);
  const { plan, text } = await planFor(deps, runId, choice);
  const file = { read: workspace.planText, write: workspace.writePlanText, text };
  try {
    const { result } = await withPlanAhead(
      file,
      () => engine.retry({ runId, cards: choice.cards, plan, validate: true }),
      async (report) => (report ?? (await engine.status(runId))).planHash === planHash(plan),
    );
    return { status: 'done', told: toldRetry(result) };
  } catch (error) {
    if (!(error instanceof MigrationError) || !error.code.startsWith('APPROVAL_')) throw error;
    return askFor(engine, { action: 'retry-quarantine', runId, plan, cards: choice.cards }, by);
  }
}

const COMPARED = {
  verified: 'Everything was compared again, and it is as the plan says.',
  differences: 'It was compared again, and there are differences.',
  incomplete:
    'It was to be compared again, and could not be compared to the end: nothing is known to differ.',
} as const;

type Report = Awaited<ReturnType<JourneyDependencies['engine']['retry']>>;

function toldRetry({ rows, entities, canFollow, validation }: Report): Told<Retried> {
  const sum = (of: (entity: Report['entities'][number]) => number) =>
    entities.reduce((total, entity) => total + of(entity), 0);
  const follow = canFollow.reduce((total, card) => total + card.rows, 0);
  const data = {
    rows,
    moved: sum(({ moved }) => moved),
    sameRecord: sum(({ duplicates }) => duplicates),
    stillHeld: sum(({ stillHeld }) => stillHeld),
    relinked: sum(({ relinked }) => relinked),
    gone: sum(({ gone }) => gone),
    leftOut: sum(({ leftOut }) => leftOut),
    canFollow: follow,
    verified: validation === null ? null : validation === 'verified',
    compared: validation,
  };
  const words = [
    `${formatCount(data.moved)} of ${countOf(rows, 'record')} that were set aside ${data.moved === 1 ? 'is' : 'are'} in the new system now.`,
    ...(data.sameRecord > 0
      ? [
          `${countOf(data.sameRecord, 'record')} the same as another, and ${data.sameRecord === 1 ? 'leads' : 'lead'} to it.`,
        ]
      : []),
    ...(data.stillHeld > 0 ? [`${countOf(data.stillHeld, 'record')} still set aside.`] : []),
    ...(data.relinked > 0 ? [`${countOf(data.relinked, 'record')} got a link back.`] : []),
    ...(data.gone + data.leftOut > 0
      ? [`${countOf(data.gone + data.leftOut, 'record')} not wanted any more; a copy is kept.`]
      : []),
    ...(follow > 0 ? [`${countOf(follow, 'record')} waited for these and can be tried now.`] : []),
    ...(validation === null ? [] : [COMPARED[validation]]),
  ].join(' ');
  return { data, words, choices: [...(follow > 0 ? ['Retry'] : []), 'Open the report', 'Where are we'] };
}

/** The plan in its file, and with suggestions the same with them; `text` is what the file would be then. */
async function planFor(
  deps: JourneyDependencies,
  runId: string,
  { cards, suggested }: HeldChoice,
): Promise<{ readonly plan: PlanFile; readonly text: string | null }> {
  const { workspace, engine } = deps;
  const { plan } = usablePlan(deps);
  if (!suggested) return { plan, text: null };
  const fixes = (await engine.causeCards({ runId }))
    .filter(({ id }) => cards.length === 0 || cards.some((card) => id.startsWith(card)))
    .flatMap(({ suggestion }) => suggestion?.changes ?? []);
  if (fixes.length === 0)
    throw new MigrationError({
      code: 'NOTHING_SUGGESTED',
      message: 'For these records there is no change of the plan that would let them through.',
      hint: 'Nothing was changed. Correct them in the old system and retry, or take them elsewhere: towpath quarantine export',
    });
  const before = workspace.planText()!;
  const text = editText(before, undefined, (opened) => {
    for (const change of fixes) opened.change(change);
  });
  return { plan: parsePlan(text, undefined, workspace.readCode), text: text === before ? null : text };
}
