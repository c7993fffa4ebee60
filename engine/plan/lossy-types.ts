/** Pairs of types where a value may lose something or not fit; what may fail is only told, since such rows are set aside. */
import type { ColumnType } from '../schema/catalog.ts';
import type { PlanFinding } from './finding.ts';
import type { Transform } from './plan-file.ts';

export interface Loss {
  readonly severity: PlanFinding['severity'];
  readonly message: string;
  readonly hint: string;
}

const INTEGER_BYTES: Readonly<Record<string, number>> = {
  int2: 2,
  int4: 4,
  int8: 8,
  smallint: 2,
  integer: 4,
  bigint: 8,
};

/** Transforms that make a value of their own, so that the source's type says nothing. */
const MAKING = new Set<Transform['kind']>([
  'uuid',
  'reference',
  'polymorphic',
  'choice',
  'boolean',
  'constant',
  'epoch',
  'metadata',
  'code',
  'template',
  'lookup',
  'array',
  'split',
  'phone',
  'hash',
  'mask',
]);

export function lossOf(source: ColumnType, target: string, kinds: readonly Transform['kind'][]): Loss | null {
  if (kinds.some((kind) => MAKING.has(kind))) return null;
  const from = source.kind === 'domain' ? (source.of ?? source.name) : source.name;
  const [, base, first, second] =
    /^(.*?)\s*(?:\((\d+)(?:,\s*(-?\d+))?\))?(?:\s+with(?:out)? time zone)?$/.exec(target) ?? [];
  if (
    base === 'timestamp' &&
    /with time zone$/.test(target) &&
    from === 'timestamp' &&
    !kinds.includes('time-zone')
  ) {
    return {
      severity: 'error',
      message: 'A clock without a zone needs to be told its zone.',
      hint: 'Use the transform { kind: time-zone, zone: UTC }.',
    };
  }
  if (base === 'timestamp' && !/with time zone$/.test(target) && from === 'timestamptz') {
    return {
      severity: 'warning',
      message: 'The zone of this time would be lost.',
      hint: 'Use timestamp with time zone.',
    };
  }
  if (base === 'date' && (from === 'timestamp' || from === 'timestamptz')) {
    return {
      severity: 'error',
      message: 'The time of day would be lost.',
      hint: 'Use timestamp with time zone.',
    };
  }
  if (
    (from === 'float8' && base === 'real') ||
    (from === 'numeric' && (base === 'real' || base === 'double precision'))
  ) {
    return {
      severity: 'error',
      message: `Digits would be lost: ${source.sql} has more than ${target} holds.`,
      hint: `Use ${source.sql}.`,
    };
  }
  const parts = partsLost(source, target);
  if (parts !== null) return parts;
  const bytes = [INTEGER_BYTES[from], INTEGER_BYTES[base ?? '']];
  if (bytes[0] && bytes[1] && bytes[0] > bytes[1]) return tooSmall(source.sql, target);
  if ((from === 'numeric' || from === 'float8' || from === 'float4') && bytes[1])
    return tooSmall(source.sql, target);
  if (base === 'numeric' && first && from === 'numeric' && source.length !== null) {
    const scale = Number(second ?? 0);
    if ((source.scale ?? 0) > scale || source.length - (source.scale ?? 0) > Number(first) - scale)
      return tooSmall(source.sql, target);
  }
  const textual = base === 'character varying' || base === 'varchar' || base === 'character';
  if (textual && first && (from === 'text' || (source.length !== null && source.length > Number(first))))
    return tooSmall(source.sql, target);
  return null;
}

/** Fractions of a second, and parts of an interval, that the server would round off or cut without a word. */
function partsLost(source: ColumnType, target: string): Loss | null {
  const from = (source.kind === 'domain' ? source.base?.sql : undefined) ?? source.sql;
  const [old, now] = [timeParts(from), timeParts(target)];
  if (old === null || now === null || old.family !== now.family) return null;
  if (now.digits >= old.digits && (now.fields === '' || now.fields === old.fields)) return null;
  const what = now.digits < old.digits ? 'Fractions of seconds' : 'Parts of the interval';
  return {
    severity: 'error',
    message: `${what} would be lost: ${from} has more than ${target} holds.`,
    hint: `Use ${from}, or a target column that holds all of it.`,
  };
}

const TIMES = /^(timestamp|time|interval)\s*([a-z ]*?)\s*(?:\((\d)\))?\s*(?:with(?:out)? time zone)?$/i;
const SHORT: Readonly<Record<string, string>> = { timestamptz: 'timestamp', timetz: 'time' };

function timeParts(sql: string): { family: string; fields: string; digits: number } | null {
  const short = Object.keys(SHORT).find((name) => sql.toLowerCase().startsWith(name));
  const spelled = short ? `${SHORT[short]}${sql.slice(short.length)}` : sql;
  const match = TIMES.exec(spelled.trim());
  if (!match) return null;
  const fields = (match[2] ?? '').toLowerCase();
  return {
    family: match[1]!.toLowerCase(),
    fields: /^with/.test(fields) ? '' : fields,
    digits: Number(match[3] ?? 6),
  };
}

function tooSmall(source: string, target: string): Loss {
  return {
    severity: 'warning',
    message: `Not every ${source} fits ${target}: rows that do not are set aside.`,
    hint: `Use ${source}, unless that is meant.`,
  };
}
