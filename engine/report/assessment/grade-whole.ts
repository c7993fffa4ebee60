/**
 * The grade of the whole: hard where every fifth table is, or where more must be decided than a person settles in one
 * sitting; moderate where every fifth table is more than easy, or anything is hard or must be decided; else easy.
 */
import { countOf } from '../words.ts';
import type { AssessedTable, Decision, Grade } from './assessment.ts';
import { OBSTACLE_WORDS } from './obstacles.ts';

const MANY = 0.2;
const ONE_SITTING = 15;
const MOST_REASONS = 8;

export function gradeWhole(
  tables: readonly AssessedTable[],
  decisions: readonly Decision[],
): { readonly grade: Grade; readonly reasons: readonly string[] } {
  const required = decisions.filter((decision) => decision.required).length;
  const hard = tables.filter(({ grade }) => grade === 'hard').length;
  const notEasy = tables.filter(({ grade }) => grade !== 'easy').length;
  const reasons = [
    ...obstacles(tables),
    ...(required > 0
      ? [`${countOf(required, 'question')} must be answered before the plan can be approved`]
      : []),
  ];
  if (hard > tables.length * MANY || required > ONE_SITTING) return { grade: 'hard', reasons };
  if (hard > 0 || notEasy > tables.length * MANY || required > 0) return { grade: 'moderate', reasons };
  return { grade: 'easy', reasons };
}

/** The most frequent first. */
function obstacles(tables: readonly AssessedTable[]): string[] {
  const kinds = tables.flatMap((table) => [...new Set(table.obstacles)]);
  return [...Map.groupBy(kinds, (kind) => kind)]
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, MOST_REASONS)
    .map(([kind, { length }]) => `${countOf(length, 'table')} ${OBSTACLE_WORDS[kind][length === 1 ? 0 : 1]}`);
}
