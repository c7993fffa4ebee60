/** The order in which fields are shown: what needs an answer, then what is least sure; what every record has comes last. */
import type { EntityView } from '../../../../server/shapes/plan.ts';
import { type Column, fieldWords } from './what-happens.ts';

type Asked = Pick<EntityView['data'], 'columns' | 'questions'>;

type Sureness = 'sure' | 'likely' | 'unsure';

/** As the guide counts it: what is below 90 % deserves a look. */
export function surenessOf(confidence: number): Sureness {
  if (confidence >= 0.9) return 'sure';
  return confidence >= 0.7 ? 'likely' : 'unsure';
}

export function questionOf({ to, from }: Column, questions: Asked['questions']): number | null {
  const asked = questions.find(({ column }) => column !== null && (column === to || column === from));
  return asked?.number ?? null;
}

/** Questions that no shown field carries: about all of it, or about what stays behind. */
export function questionsAside({ columns, questions }: Asked): Asked['questions'] {
  const names = new Set(columns.flatMap(({ to, from }) => [to, from]));
  return questions.filter(({ column }) => column === null || !names.has(column));
}

export function orderedFields({ columns, questions }: Asked): Column[] {
  const rank = (column: Column) => {
    if (questionOf(column, questions) !== null) return -1;
    return isOfEveryRecord(column) ? 2 : column.confidence;
  };
  return columns.toSorted((a, b) => rank(a) - rank(b));
}

/** New number, old number and notes. */
export function isOfEveryRecord({ to, transform }: Column): boolean {
  return to === 'legacy_id' || transform.some(({ kind }) => kind === 'uuid' || kind === 'metadata');
}

/** Every word must stand somewhere in what is shown of the field. */
export function isFound(column: Column, search: string): boolean {
  const { to, from, reason, transform } = column;
  const noted = transform.flatMap((step) => (step.kind === 'metadata' ? step.columns : []));
  const shown = [to, from ?? '', reason, fieldWords(to), ...noted].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => shown.includes(word));
}
