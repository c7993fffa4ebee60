/** Target column names of one entity: lower case with underscores, unique, never one that Towpath makes itself. */
import { cutName } from '../plan/identifier.ts';
import { wordsOf } from '../schema/words.ts';

export interface ColumnNames {
  /** A free name near the one wanted; it is taken from then on. */
  take(wanted: string): string;
}

/** System columns of every table, which no column may be called. */
const SYSTEM = new Set(['tableoid', 'xmin', 'xmax', 'cmin', 'cmax', 'ctid']);

export function createColumnNames(own: readonly string[]): ColumnNames {
  const taken = new Set(own);
  return {
    take(wanted) {
      const name = [wanted, `source_${wanted}`]
        .map((option) => cutName(option))
        .find((option) => !taken.has(option) && !SYSTEM.has(option));
      const free = name ?? numbered(wanted, taken);
      taken.add(free);
      return free;
    },
  };
}

function numbered(wanted: string, taken: ReadonlySet<string>): string {
  for (let n = 2; ; n++) {
    const name = cutName(wanted, `_${n}`);
    if (!taken.has(name)) return name;
  }
}

/** Plain names stay as they are; others are rewritten: `firstName` → first_name, `Zip Code` → zip_code. */
export function plainColumnName(source: string): string {
  if (/^[a-z_][a-z0-9_]*$/.test(source)) return source;
  const whole = wordsOf(source).join('_');
  const words = whole
    .normalize('NFKD')
    .replace(/[^a-z0-9_]/g, '')
    .replace(/^_+|_+$/g, '');
  // A name in another script stays what it is rather than become a word without meaning.
  if (words === '') return whole === '' ? 'column' : whole;
  return /^[a-z_]/.test(words) ? words : `c_${words}`;
}

/** A reference keeps its name and ends in `_id`. */
export function referenceName(source: string): string {
  const name = plainColumnName(source);
  return name === 'id' || /_id$/.test(name) ? name : cutName(name, '_id');
}
