/** Where personal data is kept: all of it table by table, or one kind of it field by field. */
import type { z } from 'zod';
import { personalFacts } from '../../../engine/index.ts';
import type { Telling } from '../answer.ts';
import type { Understood } from '../intents.ts';
import { kindsSaid } from '../patterns/personal-data.ts';
import { count, more, moreLines, mostLines } from '../plain-words.ts';
import { say, type Words } from '../step.ts';

type Tables = z.infer<typeof personalFacts>;

const mostNames = 6;

export function personalFields({ slots }: Understood): Telling {
  return (data, { words, choices }) => {
    const tables = personalFacts.safeParse(data).data;
    if (tables === undefined || tables.length === 0) return null;
    const said = slots.kind;
    if (said !== undefined) return ofOneKind(tables, said);
    const lines = tables
      .slice(0, mostLines)
      .map(({ table, columns }) => `${table}: ${named(columns.map(({ column }) => column))}`);
    return say(`${words}\n${lines.join('\n')}${moreLines(tables.length, mostLines)}`, choices);
  };
}

function ofOneKind(tables: Tables, said: string): Words {
  const kinds = kindsSaid.find(([word]) => word.test(said))?.[1] ?? [];
  const places = tables.flatMap(({ table, columns }) =>
    columns.filter(({ kind }) => kinds.includes(kind)).map(({ column }) => `${column} in ${table}`),
  );
  const rest = ['Which fields hold personal data?', 'Show everything'];
  if (places.length === 0)
    return say(`I found no field that seems to hold ${said}, by its name or by its values.`, rest);
  const one = places.length === 1;
  const head = `${one ? 'One field seems' : `${count(places.length)} fields seem`} to hold ${said}`;
  return say(
    `${head}: ${places.slice(0, mostLines).join(', ')}${more(places.length, mostLines)}. ${one ? 'Its' : 'Their'} values are hidden here.`,
    [
      `Explain ${tables.find(({ columns }) => columns.some(({ kind }) => kinds.includes(kind)))!.table}`,
      rest[0]!,
    ],
  );
}

function named(columns: readonly string[]): string {
  return `${columns.slice(0, mostNames).join(', ')}${more(columns.length, mostNames)}`;
}
