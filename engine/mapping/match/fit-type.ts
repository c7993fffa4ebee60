/**
 * Can a source column's values stand in a column of the target that is there already, and by which transform? Only ways on
 * which nothing is lost: values that do not fit are set aside by the run, never cut or rounded.
 */
import { lossOf } from '../../plan/lossy-types.ts';
import type { PlanColumn, Transform } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import type { Column, ColumnType } from '../../schema/catalog.ts';
import { epochUnitOf } from '../epoch-unit.ts';
import { CODE } from '../suggest-words.ts';
import { fitLabels, wordsFor } from './fit-labels.ts';
import { nameOf } from './name-likeness.ts';
import type { Doubt, TypeFit, TypePlace } from './type-fit.ts';

type Family =
  | 'text'
  | 'integer'
  | 'decimal'
  | 'float'
  | 'boolean'
  | 'moment'
  | 'clock'
  | 'date'
  | 'json'
  | 'uuid'
  | 'enum'
  | `other:${string}`;

const FAMILIES: Readonly<Record<string, Family>> = {
  text: 'text',
  varchar: 'text',
  bpchar: 'text',
  citext: 'text',
  name: 'text',
  int2: 'integer',
  int4: 'integer',
  int8: 'integer',
  numeric: 'decimal',
  float4: 'float',
  float8: 'float',
  bool: 'boolean',
  timestamptz: 'moment',
  timestamp: 'clock',
  date: 'date',
  json: 'json',
  jsonb: 'json',
  uuid: 'uuid',
};

const ADDRESS: Transform = {
  kind: 'email',
  placeholderDomain: 'placeholder.invalid',
  unique: true,
  onMalformed: 'misfit',
  onDuplicate: 'misfit',
};
const COPY: Transform = { kind: 'copy' };
const CAST: Transform = { kind: 'cast' };

/** Null where values would be lost, or nothing of the one can be the other. */
export function fitType(
  source: Column,
  suggested: PlanColumn,
  target: Column,
  place: TypePlace,
): TypeFit | null {
  const [from, to] = [familyOf(source.type), familyOf(target.type)];
  if (to === 'enum' || to === 'boolean') {
    const fitted = fitLabels(source, suggested, target, place);
    if (fitted) return fitted;
  }
  if (to === 'text' && wordsFor(target, place).length > 0) return fitLabels(source, suggested, target, place);
  const words = transformsOf(suggested).find(({ kind }) => kind === 'choice');
  if (to === 'text' && from === 'integer' && words)
    return { score: 0.95, transform: words, reason: 'its codes in words', unknown: [] };
  if (from === 'enum' && to !== 'text') return null;
  const way = from === to ? sameFamily(suggested, source, target) : wayBetween(source, to, place.timeZone);
  if (way === null) return null;
  const kinds = transformsOf({ transform: way.transform }).map(({ kind }) => kind);
  const type = target.type.kind === 'domain' ? source.type.sql : target.type.sql;
  const loss = lossOf(source.type, type, kinds);
  if (loss?.severity === 'error') return null;
  return {
    score: loss ? Math.min(way.score, 0.8) : way.score,
    transform: way.transform,
    reason: loss ? loss.message : way.reason,
    unknown: [],
    ...(way.doubt ? { doubt: way.doubt } : {}),
  };
}

export function familyOf(type: ColumnType): Family {
  if (type.kind === 'enum') return 'enum';
  const name = type.kind === 'domain' ? (type.of ?? type.name) : type.name;
  return FAMILIES[name] ?? `other:${name}`;
}

type Way = Omit<TypeFit, 'unknown'>;

/** What was suggested for a table of Towpath's own stays where it makes the same kind of value. */
function sameFamily(suggested: PlanColumn, source: Column, target: Column): Way {
  const list = transformsOf(suggested);
  const domain = target.type.kind === 'domain';
  if (isAddress(source, suggested, target) && !domain)
    return {
      score: 1,
      transform: ADDRESS,
      reason: 'an address: lower case; what is none, or repeats one, is set aside',
    };
  const worth = list.some(({ kind }) => ['email', 'phone', 'trim', 'lower', 'empty-to-null'].includes(kind));
  const same = source.type.sql === target.type.sql;
  const reason = same ? 'same type' : `${source.type.sql} as ${target.type.sql}`;
  if (worth && !domain && list.every(({ kind }) => kind !== 'choice'))
    return { score: 1, transform: suggested.transform, reason };
  if (familyOf(target.type) === 'json')
    return { score: 1, transform: source.type.name === 'json' ? { kind: 'json' } : COPY, reason };
  return { score: same ? 1 : 0.95, transform: same ? COPY : CAST, reason };
}

/** An e-mail address on both sides, which the suggestion did not know by its name. */
function isAddress(source: Column, suggested: PlanColumn, target: Column): boolean {
  if (transformsOf(suggested).some(({ kind }) => kind === 'email')) return false;
  const named = nameOf(target.name).meant.join() === 'email';
  const share = source.profile?.patterns.email ?? 0;
  return named && familyOf(target.type) === 'text' && share >= 0.9;
}

function wayBetween(source: Column, to: Family, zone: string): Way | null {
  const from = familyOf(source.type);
  const way = (score: number, transform: Transform, reason: string): Way => ({ score, transform, reason });
  const numbers = ['integer', 'decimal', 'float'];
  switch (to) {
    case 'text':
      return from === 'integer' && CODE.test(source.name.toLowerCase())
        ? { ...way(0.5, CAST, 'its numbers as text'), doubt: UNEXPLAINED }
        : way(0.7, CAST, 'as text');
    case 'moment':
      if (from === 'clock')
        return way(1, { kind: 'time-zone', zone }, `a clock without a zone, read as ${zone}`);
      if (from === 'integer') return counted(source);
      return from === 'text'
        ? way(0.5, { kind: 'time-zone', zone }, `text that says a moment, without a zone read as ${zone}`)
        : null;
    case 'clock':
      return from === 'text' ? way(0.5, CAST, 'text that says a time') : null;
    case 'date':
      return from === 'text' ? way(0.5, CAST, 'text that says a date') : null;
    case 'json':
      return from === 'text' ? way(0.5, { kind: 'json' }, 'text that is JSON') : null;
    case 'uuid':
      return from === 'text' ? way(0.6, CAST, 'text that is a uuid') : null;
    case 'integer':
    case 'decimal':
    case 'float':
      if (numbers.includes(from))
        return way(to === 'integer' ? 0.6 : 0.9, CAST, 'as a number of another kind');
      return from === 'text' ? way(0.4, CAST, 'text that is a number') : null;
    default:
      return null;
  }
}

const UNEXPLAINED: Doubt = {
  why: 'Nobody has written down what its numbers mean, and as text the new system would show the bare numbers.',
  others: [],
};

/** Numbers that count from 1970. Where nothing says in which unit, a person does: the wrong one is off by thousands of years. */
function counted({ profile }: Column): Way {
  const unit = epochUnitOf(profile?.min ?? null, profile?.max ?? null);
  const epoch = (name: typeof unit) => ({ kind: 'epoch' as const, unit: name ?? 'seconds' });
  const way = { score: 0.4, transform: epoch(unit), reason: `${unit ?? 'seconds'} since 1970 as a moment` };
  if (unit !== null) return way;
  const others = (['milliseconds', 'microseconds'] as const).map((name) => ({
    text: `Yes, they count ${name} since 1970.`,
    transform: epoch(name),
  }));
  const why = 'Its numbers are taken for seconds since 1970, and nothing in them says so.';
  return { ...way, doubt: { why, others } };
}
