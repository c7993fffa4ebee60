/** The tables of the old database: all, the hard ones, why one is hard. */
import { z } from 'zod';
import { tableEntry, tableFacts } from '../../../engine/index.ts';
import type { Telling } from '../answer.ts';
import { count, more, moreLines, mostLines } from '../plain-words.ts';
import { say } from '../step.ts';

/** Every table in a line. */
export const everyTable: Telling = (data, { words }) => {
  const tables = z.array(tableEntry).safeParse(data).data;
  if (tables === undefined || tables.length === 0) return null;
  const lines = tables
    .slice(0, mostLines)
    .map(
      ({ table, rows, columns }) =>
        `${table}: ${rows === null ? 'unknown' : count(rows)} records, ${columns} fields`,
    );
  return say(`${words}\n${lines.join('\n')}${moreLines(tables.length, mostLines)}`, [
    'Explain a table',
    tables.some(({ entity }) => entity !== null) ? 'Show the plan' : 'Make a plan',
  ]);
};

export const hardTables: Telling = (data) => {
  const tables = z.array(tableEntry).safeParse(data).data;
  const hard = tables?.filter(({ difficulty }) => difficulty === 'hard');
  if (hard === undefined) return null;
  if (hard.length === 0) return say('No table is hard.', ['Show everything']);
  const names = hard.slice(0, mostLines).map(({ table }) => table);
  return say(
    `${hard.length} of the ${tables!.length} tables ${hard.length === 1 ? 'is' : 'are'} hard: ${names.join(', ')}${more(hard.length, mostLines)}.`,
    names.slice(0, 3).map((name) => `Explain ${name}`),
  );
};

const grades = { easy: 'easy', moderate: 'moderately hard', hard: 'hard' };

/** “Why?”, about a table. */
export const reasonsOfTable: Telling = (data) => {
  const table = tableFacts.safeParse(data).data;
  if (table === undefined) return null;
  const reasons =
    table.reasons.length === 0
      ? `Nothing about ${table.table} is hard.`
      : `${table.table} is ${grades[table.difficulty]}, because it ${table.reasons.join('; it ')}.`;
  return say(reasons, [`Show how ${table.entity ?? table.table} moves`]);
};
