/** `towpath quarantine list`: a card a cause, with what would let its rows through. */
import type { Cause, CauseCard } from '../../engine/contract/quarantine.ts';
import { countOf, formatCount } from '../../engine/report/words.ts';
import type { Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { formatTable, plainText } from '../text/table.ts';
import { chooseCards, chosenRun, type QuarantineOptions } from './options.ts';

export async function listCards(context: Context, options: QuarantineOptions): Promise<ExitCode> {
  const { all, found } = await context.withEngine('target', async (engine) => ({
    all: await engine.causes(chosenRun(options)),
    found: await engine.causeCards(chosenRun(options)),
  }));
  const causes = all.filter(({ reason, sqlstate }) =>
    options.cause === undefined ? true : [reason, sqlstate].includes(options.cause),
  );
  const cards = chooseCards(found, options, []);
  context.output.result({ status: 'success', causes, cards });
  const repaired = causes.filter(({ outcome }) => outcome === 'repaired');
  context.output.say(
    ...cardLines(cards),
    ...(repaired.length === 0 ? [] : ['', ...repairLines(repaired)]),
    ...nextLines(context, cards),
  );
  return exitCode.done;
}

function sum(of: readonly { readonly rows: number }[]): number {
  return of.reduce((total, { rows }) => total + rows, 0);
}

function cardLines(cards: readonly CauseCard[]): string[] {
  if (cards.length === 0) return ['No row is set aside.'];
  const cells = cards.map((card) => [
    card.id,
    formatCount(card.rows),
    card.entity,
    card.column ?? '',
    card.shape ?? '',
    card.constraint ?? card.reason,
    card.sqlstate ?? '',
  ]);
  return [
    `${countOf(sum(cards), 'row')} set aside, for ${countOf(cards.length, 'cause')}:`,
    ...formatTable(['card', 'rows', 'entity', 'column', 'form', 'cause', 'sqlstate'], cells, '  '),
    ...cards.flatMap((card) => ['', ...explained(card)]),
  ];
}

function explained({ id, explanation, samples, suggestion, advice }: CauseCard): string[] {
  const values = samples.filter(({ value }) => value !== null);
  return [
    `${id}  ${plainText(explanation, 200)}`,
    ...(values.length === 0
      ? []
      : [
          `    For example, masked: ${values.map(({ legacyId, value }) => `${plainText(legacyId, 40)}: “${plainText(value!, 40)}”`).join(', ')}`,
        ]),
    ...(suggestion === null ? [] : [`    Suggested: ${plainText(suggestion.words, 300)}`]),
    ...(suggestion?.loses == null ? [] : [`    Lost by it: ${plainText(suggestion.loses, 300)}`]),
    ...(advice === null ? [] : [`    ${plainText(advice, 300)}`]),
  ];
}

function repairLines(causes: readonly Cause[]): string[] {
  const cells = causes.map((cause) => [
    formatCount(cause.rows),
    cause.entity,
    cause.column ?? '',
    cause.reason,
    plainText(cause.explanation, 90),
  ]);
  return [
    `${countOf(sum(causes), 'row')} moved with a noted repair:`,
    ...formatTable(['rows', 'entity', 'column', 'cause', 'why'], cells, '  '),
  ];
}

function nextLines(context: Context, cards: readonly CauseCard[]): string[] {
  const [first] = cards;
  if (first === undefined) return [];
  const fixable = cards.find(({ suggestion }) => suggestion !== null);
  const command = fixable ? `quarantine try ${fixable.id} --suggested` : `quarantine show ${first.id}`;
  return ['', `Next: ${context.again(command)}`];
}
