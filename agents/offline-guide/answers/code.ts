/** Code of a plan in plain words: what it reads and gives, why it is there, what it needs. What it does stands in it alone. */
import { z } from 'zod';
import { checkFacts, mappingFacts, trialFacts } from '../../../engine/index.ts';
import type { Telling } from '../answer.ts';
import { columnMeant, type Mapping } from '../mapping-column.ts';
import { sentence } from '../plain-words.ts';
import { say, type Words } from '../step.ts';

const SHOWN_LINES = 40;

/** One piece of code of a kind of record. */
interface Piece {
  readonly writes: readonly string[];
  readonly reads: readonly string[];
  readonly source: string | null;
  readonly reason: string;
}

function piecesOf({ columns, code = [] }: Mapping): Piece[] {
  const reasonFor = (name: string | undefined) => columns.find(({ to }) => to === name)?.reason ?? '';
  const own = columns.flatMap(({ to, from, transform, reason }): Piece[] =>
    transform.flatMap((step): Piece[] => {
      if (step.kind !== 'code' || (step.source === undefined && step.file === undefined)) return [];
      const reads = step.reads ?? (from === null ? [] : [from]);
      return [{ writes: [to], reads, source: step.source ?? null, reason }];
    }),
  );
  return [...own, ...code.map((block) => ({ ...block, reason: reasonFor(block.writes[0]) }))];
}

/** Those that write the field; all where none was named. */
function meant(mapping: Mapping, column: string | null): readonly Piece[] {
  const pieces = piecesOf(mapping);
  const found = column === null ? null : columnMeant(mapping, column);
  return column === null
    ? pieces
    : pieces.filter(({ writes }) => found !== null && writes.includes(found.to));
}

export const whatCodeIs =
  'Most fields move by ready-made rules. Code is for what no such rule can do, for example to make two fields of one. It is a few lines that are given one record and answer with its new fields; they stand in the plan, and are approved with it. They run in the sandbox: a container of Docker without network, without files, without rights, so that they can reach nothing.';

export function codeOf(column: string | null): Telling {
  return (data) => {
    const mapping = mappingFacts.safeParse(data).data;
    if (mapping === undefined) return null;
    const pieces = meant(mapping, column);
    const [first] = pieces;
    if (first === undefined) return noCode(mapping, column);
    const told = pieces.map(({ writes, reads, source }) =>
      [
        `${names(writes)} of ${mapping.entity} ${writes.length === 1 ? 'comes' : 'come'} from code that reads ${names(reads)}.`,
        shownSource(source),
      ]
        .filter((part) => part !== '')
        .join('\n'),
    );
    return say(
      `${told.join('\n')}\nWhat it does is what stands there, record by record; texts that may be somebody’s are hidden. I can try it on some records without changing anything.`,
      [
        `Try the code of ${first.writes[0]} in ${mapping.entity}`,
        `Why is there code in ${mapping.entity}`,
        'What is the sandbox?',
      ],
    );
  };
}

export function reasonOfCode(column: string | null): Telling {
  return (data) => {
    const mapping = mappingFacts.safeParse(data).data;
    if (mapping === undefined) return null;
    const pieces = meant(mapping, column);
    const [first] = pieces;
    if (first === undefined) return noCode(mapping, column);
    const why = pieces.map(({ writes, reason }) => `${names(writes)}: ${sentence(reason)}`).join(' ');
    return say(`The plan gives the reason. ${why} ${whatCodeIs}`, [
      `What does the code of ${first.writes[0]} in ${mapping.entity} do`,
      'What is Docker needed for?',
    ]);
  };
}

function noCode(mapping: Mapping, column: string | null): Words {
  const { entity } = mapping;
  const found = column === null ? null : columnMeant(mapping, column);
  const unknown = column !== null && found === null;
  return say(
    unknown
      ? `I find no field “${column}” in ${entity}.`
      : `${found === null ? `No field of ${entity} is` : `${found.to} of ${entity} is not`} worked out by code; ready-made rules do it.`,
    [`Show how ${entity} moves`],
  );
}

/** `isOwn`: code that the person gave, which the plan does not have. */
export function tried(isOwn: boolean): Telling {
  return (data, { words, choices }) => {
    const trial = trialFacts.safeParse(data).data;
    if (trial === undefined) return null;
    const { outcome, writes, entity } = trial;
    const next =
      outcome === 'rows-refused'
        ? ' Records that code refuses are set aside and not lost. Whoever wrote it can correct it, or leave it so.'
        : outcome === 'passed' && isOwn
          ? ' Whoever keeps the plan can put it there; the plan then has to be rehearsed and approved with it.'
          : '';
    const shown = isOwn ? [] : [`What does the code of ${writes[0]} in ${entity} do`];
    return say(`${words}${next}`, [...shown, ...choices]);
  };
}

export const whichCode = say(
  'Which code? Code that the plan has already: say “try the code of full_name in patients”. Code of your own: write it behind the words, as in “try this code for full_name in patients: export default function transform(row: Row): Result { … }”. Nothing is changed by trying. I write no code myself; a person does, or a model if one is connected. Engineers find the same as “towpath sandbox try”.',
  ['What is the sandbox?', 'Show the plan'],
);

const needed =
  'Docker is needed for one thing only: to run code that stands in the plan, shut into a container of its own.';

/** From the checks: is it needed here, is it there, and if not, what is to be done. */
export const dockerHere: Telling = (data) => {
  const checks = z.array(checkFacts).safeParse(data).data;
  const check = checks?.find(({ name }) => name === 'docker');
  if (check === undefined) return null;
  const { status, message, remedy } = check;
  if (status === 'skipped')
    return say(
      `${needed} As things stand it is not needed: there is no code in the plan, so I did not look for it. If that changes and Docker is missing: install it, start it, let this user use it; “towpath sandbox doctor” says what is there.`,
      ['What is the sandbox?', 'Show the plan'],
    );
  return say(
    `${needed} ${sentence(message)}${remedy === null ? '' : ` ${sentence(remedy)}`} “towpath sandbox doctor” shows what holds and what is missing.`,
    status === 'pass'
      ? ['What is the sandbox?', 'Rehearse first']
      : ['Check the connection', 'Show the plan'],
  );
};

function shownSource(source: string | null): string {
  if (source === null) return 'It stands in a file beside the plan that was not read.';
  const lines = source.trimEnd().split('\n');
  const shown = lines.slice(0, SHOWN_LINES).map((line) => `  ${line}`);
  return lines.length > SHOWN_LINES
    ? [...shown, `  … ${lines.length - SHOWN_LINES} more lines`].join('\n')
    : shown.join('\n');
}

function names(list: readonly string[]): string {
  return list.length < 2 ? (list[0] ?? 'nothing') : `${list.slice(0, -1).join(', ')} and ${list.at(-1)}`;
}
