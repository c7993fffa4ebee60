/** Code of a field: shown, explained, tried. A single name may be a kind of record or a field of the one talked about. */

import type { Telling } from '../answer.ts';
import { tell } from '../answer.ts';
import { codeOf, reasonOfCode, tried, whatCodeIs, whichCode } from '../answers/code.ts';
import { whichTable } from '../dialogue.ts';
import { placeOf } from '../slots.ts';
import { call, type Moment, resultOf, type Step, say } from '../step.ts';
import type { Route } from './lookup.ts';

interface Meant {
  readonly entity: string;
  readonly column: string | null;
  /** True where the entity was read from a single word, which may be a field. */
  readonly isGuess: boolean;
  /** True where nothing was named, and what was talked about before may be meant. */
  readonly isTopic?: boolean;
}

/** Null: nothing was named, now or before. */
function meantOf({ dialogue }: Moment): Meant | null {
  const { table, column } = placeOf(dialogue.understood);
  const { topic } = dialogue;
  if (table !== null) return { entity: table, column, isGuess: false };
  if (column !== null) return { entity: column, column: null, isGuess: true };
  return topic.table === null
    ? null
    : { entity: topic.table, column: topic.column, isGuess: false, isTopic: true };
}

/** The same with the word taken for a field of what was talked about. */
function asField({ dialogue: { topic } }: Moment, { entity }: Meant): Meant | null {
  return topic.table === null || topic.table === entity
    ? null
    : { entity: topic.table, column: entity, isGuess: false };
}

function withGuess(
  moment: Moment,
  tool: string,
  ask: (meant: Meant) => Readonly<Record<string, unknown>>,
  telling: (meant: Meant) => Telling,
  nothing: Step,
): Step {
  const meant = meantOf(moment);
  if (meant === null) return nothing;
  const result = resultOf(moment, tool);
  if (result === null) return call(tool, ask(meant));
  if (meant.isTopic && result.answer?.status === 'refused') return nothing;
  const other = meant.isGuess ? asField(moment, meant) : null;
  const isOther = other !== null && result.input.entity === other.entity;
  if (isOther) return tell(result, telling(other));
  if (meant.isGuess && result.answer?.error?.code === 'UNKNOWN_ENTITY')
    return other === null
      ? say(`${whichTable} I need to know where the field “${meant.entity}” is.`)
      : call(tool, ask(other));
  return tell(result, telling(meant));
}

const noPlace = say(
  'Of which field, in which kind of record? For example: “what does the code of full_name in patients do”. The plan shows what is worked out by code.',
  ['Show the plan', 'What is the sandbox?'],
);

export const showCode: Route = (moment) =>
  withGuess(
    moment,
    'readMapping',
    ({ entity }) => ({ entity }),
    ({ column }) => codeOf(column),
    noPlace,
  );

export const whyCode: Route = (moment) =>
  withGuess(
    moment,
    'readMapping',
    ({ entity }) => ({ entity }),
    ({ column }) => reasonOfCode(column),
    say(`${whatCodeIs} Whether this plan holds any, and for which fields, the plan says.`, [
      'Show the plan',
      'What is Docker needed for?',
    ]),
  );

export const tryCode: Route = (moment) => {
  const { code } = moment.dialogue.understood;
  const meant = meantOf(moment);
  if (code !== null && (meant === null || meant.column === null))
    return meant?.isGuess === true && asField(moment, meant) !== null
      ? asked(moment, code)
      : say(
          `${whichTable} I need to know which field of it your code makes, for example: “try this code for full_name in patients: …”.`,
        );
  return asked(moment, code);
};

function asked(moment: Moment, source: string | null): Step {
  const none = { reads: null, writes: null, sample: null };
  return withGuess(
    moment,
    'tryCode',
    ({ entity, column }) => ({ entity, column, source, ...none }),
    () => tried(source !== null),
    whichCode,
  );
}
