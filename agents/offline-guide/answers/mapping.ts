/** What becomes of one field. */
import { mappingFacts } from '../../../engine/index.ts';
import type { Telling } from '../answer.ts';
import { columnMeant } from '../mapping-column.ts';
import { more, mostLines, sentence } from '../plain-words.ts';
import { meantName } from '../slots.ts';
import { say } from '../step.ts';

/** One field, or all of them in a line each. */
export function fieldOf(column: string | null): Telling {
  return (data, { words, choices }) => {
    const mapping = mappingFacts.safeParse(data).data;
    if (mapping === undefined) return null;
    if (column === null) return say(words, choices);
    const found = columnMeant(mapping, column);
    const left = mapping.leftOut.find(({ column: name }) => meantName(column, [name]) !== null);
    if (found === null && left)
      return say(`${left.column} is left out of ${mapping.entity}: ${sentence(left.reason)}`, [
        `Show how ${mapping.entity} moves`,
      ]);
    if (found === null)
      return say(
        `I find no field “${column}” in ${mapping.entity}. It has: ${mapping.columns
          .slice(0, mostLines)
          .map(({ to }) => to)
          .join(', ')}${more(mapping.columns.length, mostLines)}.`,
      );
    return say(
      `${found.from === null ? `${found.to} in ${mapping.entity} is new` : `${found.from} of ${mapping.from} becomes ${found.to} in ${mapping.entity}`}, as ${kindOf(found.type)}${rule(found.transform)}. A value that does not fit: ${misfits[found.onMisfit]}. I am ${Math.round(found.confidence * 100)} % sure of it: ${sentence(found.reason)}`,
      [`Change ${found.to} in ${mapping.entity}`, `Show how ${mapping.entity} moves`],
    );
  };
}

/** Why it is so, when asked about one field. */
export function reasonOf(column: string): Telling {
  return (data, answer) => {
    const mapping = mappingFacts.safeParse(data).data;
    const found = mapping === undefined ? null : columnMeant(mapping, column);
    if (mapping === undefined || found === null) return fieldOf(column)(data, answer);
    const place = `${found.to} in ${mapping.entity}`;
    return say(
      `About ${place}: ${sentence(found.reason)} I am ${Math.round(found.confidence * 100)} % sure of that. It can be changed until the move starts.`,
      [`Show how ${place} moves`, `Change ${place}`],
    );
  };
}

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^(character varying|varchar|char|character)\((\d+)\)/, 'a text of at most $2 characters'],
  [/^(text|character varying|varchar|citext)/, 'a text'],
  [/^(integer|bigint|smallint|int)/, 'a whole number'],
  [/^(numeric|decimal)\(\d+,(\d+)\)/, 'a number with $2 decimals'],
  [/^(numeric|decimal|real|double)/, 'a number'],
  [/^date/, 'a date'],
  [/^timestamp/, 'a moment in time'],
  [/^bool/, 'yes or no'],
  [/^uuid/, 'a permanent id'],
  [/^jsonb?/, 'a structured note'],
];

function kindOf(type: string): string {
  const known = kinds.find(([pattern]) => pattern.test(type));
  return known === undefined
    ? type
    : (known[0].exec(type) ?? [])[2] === undefined
      ? known[1]
      : known[1].replace('$2', known[0].exec(type)![2]!);
}

const misfits = {
  quarantine: 'the record is set aside',
  null: 'the field stays empty',
  placeholder: 'a placeholder takes its place',
  default: 'the default takes its place',
};

function rule(steps: readonly { readonly kind: string }[]): string {
  const kinds = steps.map(({ kind }) => kind).filter((kind) => kind !== 'copy');
  return kinds.length === 0 ? ', copied as it is' : `, by the rule ${kinds.join(', then ')}`;
}
