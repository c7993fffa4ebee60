/** What a plan leaves in the old database, for the person who says yes: whole tables, and columns of what moves. */
import type { PlanFile } from '../../plan/plan-file.ts';
import { countOf, joinWords } from '../../report/words.ts';

/** More kinds of records than these are counted. */
const NAMED = 8;

/** `7 tables: auth_group, …`, `2 columns: balance and created of customers`; empty where nothing does. */
export function staysBehind({ excluded, entities }: PlanFile): string[] {
  const tables = excluded.map(({ table }) => table);
  const partly = entities.filter(({ leftOut }) => leftOut.length > 0);
  const columns = partly.reduce((sum, { leftOut }) => sum + leftOut.length, 0);
  const named = partly
    .slice(0, NAMED)
    .map(({ name, leftOut }) => `${joinWords(leftOut.map(({ column }) => column))} of ${name}`);
  const more = partly.length - named.length;
  return [
    ...(tables.length > 0 ? [`${countOf(tables.length, 'table')}: ${joinWords(tables)}`] : []),
    ...(columns > 0
      ? [
          `${countOf(columns, 'column')}: ${named.join('; ')}${more > 0 ? `; and those of ${countOf(more, 'other kind')}` : ''}`,
        ]
      : []),
  ];
}
