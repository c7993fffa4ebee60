/** What a try or a retry is about: the run, the cards that were named, and the plan, in that order. */
import type { Engine } from '../../engine/contract/contract.ts';
import type { CauseCard } from '../../engine/contract/quarantine.ts';
import type { Context } from '../command.ts';
import { chooseCards, isNarrowed, type QuarantineOptions } from './options.ts';
import { type WantedPlan, wantedPlan } from './wanted-plan.ts';

export interface ChosenRows {
  readonly run: { readonly runId: string; readonly planHash: string; readonly state: string };
  readonly cards: readonly CauseCard[];
  /** Of the cards; empty: every card. */
  readonly ids: readonly string[];
  readonly wanted: WantedPlan;
}

/** Null where no row is set aside for what was named: an empty list of cards would mean every one. */
export async function chosenRows(
  context: Context,
  engine: Pick<Engine, 'status'>,
  all: readonly CauseCard[],
  { options, ids }: { readonly options: QuarantineOptions; readonly ids: readonly string[] },
): Promise<{ readonly run: ChosenRows['run']; readonly chosen: ChosenRows | null }> {
  const run = await engine.status(options.run);
  const cards = chooseCards(all, options, ids);
  const narrowed = isNarrowed(options, ids);
  if (cards.length === 0 && (narrowed || options.suggested === true)) return { run, chosen: null };
  const wanted = await wantedPlan(context, run, cards, options.suggested === true);
  return { run, chosen: { run, cards, ids: narrowed ? cards.map(({ id }) => id) : [], wanted } };
}

/** The words of the command, for whoever shall give it again. */
export function commandWords(
  action: 'try' | 'retry',
  options: QuarantineOptions,
  ids: readonly string[],
): string {
  const { cause, entity, run, suggested, validate } = options;
  const named = (option: string, value: string | undefined) =>
    value === undefined ? [] : [option, shellWord(value)];
  return [
    'quarantine',
    action,
    ...ids.map(shellWord),
    ...named('--cause', cause),
    ...named('--entity', entity),
    ...named('--run', run),
    ...(suggested === true ? ['--suggested'] : []),
    ...(action === 'retry' && validate === false ? ['--no-validate'] : []),
  ].join(' ');
}

function shellWord(word: string): string {
  return /^[\w.:-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
