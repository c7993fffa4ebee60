/** What becomes of a value, as a sentence of the texts and what to fill in. Values that a transform holds are not told. */
import type { MappingFacts } from '../../../../server/shapes/plan.ts';

export type Column = MappingFacts['columns'][number];
export type Step = Column['transform'][number];

interface Happening {
  /** Key below `plan.happens`. */
  readonly key: string;
  readonly values: Readonly<Record<string, string | number>>;
}

export function happeningsOf({ transform }: Pick<Column, 'transform'>): Happening[] {
  // what each says of "as it is" is nothing where something else is said too
  const telling = transform.filter(({ kind }) => kind !== 'copy' || transform.length === 1);
  return telling.map(happeningOf);
}

/** Words of a choice that stand in one line; more are counted. */
const MOST_WORDS = 4;

function happeningOf(step: Step): Happening {
  switch (step.kind) {
    case 'choice': {
      const pairs = Object.entries(step.map).map(([code, word]) => `${code} ${word}`);
      const more = pairs.length - MOST_WORDS;
      const list = pairs.slice(0, MOST_WORDS).join(', ');
      return more > 0 ? happening('choiceMore', { list, more }) : happening('choice', { list });
    }
    case 'time-zone':
      return happening('timeZone', { zone: step.zone });
    case 'money':
      return happening('money', { digits: step.scale });
    case 'email':
      return happening(step.onMalformed === 'misfit' ? 'email' : 'emailOrPlaceholder');
    case 'reference':
      return happening('reference', { entity: fieldWords(step.entity) });
    case 'polymorphic': {
      const entities = [...new Set(Object.values(step.entities))].map(fieldWords);
      return happening('polymorphic', { entities: entities.join(', ') });
    }
    case 'lookup':
      return happening('lookup', {
        column: fieldWords(step.column),
        entity: fieldWords(step.entity ?? step.table?.table ?? ''),
      });
    case 'metadata':
      return step.columns.length === 0
        ? happening('notes')
        : happening('notesOf', { count: step.columns.length, list: step.columns.join(', ') });
    case 'hash':
      return happening(step.keyed ? 'hashKeyed' : 'hash');
    case 'mask':
      return happening(MASKED[step.style]);
    case 'constant':
      return happening(step.value === null ? 'constantEmpty' : 'constant');
    case 'split':
      return happening('split', { part: step.part });
    case 'empty-to-null':
      return happening('emptyToNull');
    default:
      return happening(step.kind);
  }
}

const MASKED = {
  redact: 'maskRedact',
  'keep-domain': 'maskDomain',
  fake: 'maskFake',
  'year-only': 'maskYear',
} as const;

function happening(key: string, values: Happening['values'] = {}): Happening {
  return { key, values };
}

/** `created_at` → `Created at`: the name as people read it; nothing is translated. */
export function fieldWords(name: string): string {
  const words = name.replaceAll('_', ' ').replace(/ id$/, '').trim();
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
}
