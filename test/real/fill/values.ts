/** A value of a type, as PostgreSQL's text: plausible for the column's name, inside its limits, at times odd. */
import { type Limits, limitsOf } from './limits.ts';
import { textFor } from './pattern-text.ts';
import { between, pick, type Random } from './random.ts';
import type { ShapeType } from './shape.ts';
import { wordsFor } from './words.ts';

export interface ValueWish {
  readonly name: string;
  readonly type: string;
  readonly modifier: number;
  readonly limits: Limits;
  /** 1-based number of the row; values of a key are told apart by it. */
  readonly row: number;
  readonly unique: boolean;
  readonly random: Random;
}

/** Null where the type is none that this knows. */
export function makeValue(wish: ValueWish, types: ReadonlyMap<string, ShapeType>): string | null {
  const type = types.get(wish.type);
  if (!type) return null;
  const { limits, random } = wish;
  if (limits.oneOf && limits.oneOf.length > 0 && !type.array)
    return wish.unique ? limits.oneOf[(wish.row - 1) % limits.oneOf.length]! : pick(random, limits.oneOf);
  if (limits.pattern !== undefined && type.kind === 'b' && !type.array)
    return textFor(limits.pattern, random);
  if (type.kind === 'e') return pick(random, type.labels!);
  if (type.kind === 'd') return domainValue(wish, type, types);
  if (type.kind === 'c') return compositeValue(wish, type, types);
  if (type.kind === 'r') return rangeValue(wish, type, types);
  if (type.kind === 'm') return '{}';
  if (type.array) return arrayValue(wish, type, types);
  return baseValue(type.name, wish);
}

function domainValue(wish: ValueWish, type: ShapeType, types: ReadonlyMap<string, ShapeType>): string | null {
  const limits = { ...limitsOf(type.checks!, 'VALUE'), ...wish.limits };
  return makeValue({ ...wish, type: type.base, modifier: type.modifier, limits }, types);
}

function compositeValue(wish: ValueWish, type: ShapeType, types: ReadonlyMap<string, ShapeType>): string {
  const parts = type.fields!.map((field) =>
    makeValue({ ...wish, ...field, limits: {}, unique: false }, types),
  );
  return `(${parts.map((part) => (part === null ? '' : quoted(part))).join(',')})`;
}

function rangeValue(wish: ValueWish, type: ShapeType, types: ReadonlyMap<string, ShapeType>): string | null {
  if (wish.random() < 0.1) return 'empty';
  const bound = makeValue({ ...wish, type: type.bound!, modifier: -1, limits: {} }, types);
  return bound === null ? null : `[${quoted(bound)},)`;
}

function arrayValue(wish: ValueWish, type: ShapeType, types: ReadonlyMap<string, ShapeType>): string | null {
  const { random, limits } = wish;
  const parts: string[] = [];
  const length = between(random, limits.shortest ?? 0, Math.min(limits.longest ?? 3, 3));
  for (let n = 0; n < length; n++) {
    const part = makeValue({ ...wish, type: type.element, limits: {}, row: wish.row * 10 + n }, types);
    if (part === null) return '{}';
    parts.push(quoted(part));
  }
  if (parts.length > 0 && random() < 0.1) parts.push('NULL');
  return `{${parts.join(type.name === '_box' ? ';' : ',')}}`;
}

function quoted(text: string): string {
  return `"${text.replace(/(["\\])/g, '\\$1')}"`;
}

function baseValue(type: string, wish: ValueWish): string | null {
  const { random, row, unique } = wish;
  switch (type) {
    case 'int2':
      return wholeNumber(wish, 0, 300);
    case 'int4':
      return wholeNumber(wish, 0, 100_000);
    case 'int8':
    case 'oid':
    case 'xid8':
      return wholeNumber(wish, 0, 10_000_000);
    case 'xid':
      return String(row);
    case 'numeric':
      return decimal(wish);
    case 'float4':
    case 'float8':
      return String(
        unique
          ? row + 0.5
          : between(random, wish.limits.min ?? 0, wish.limits.max ?? 1000) +
              0.25 * (wish.limits.max === undefined ? 1 : 0),
      );
    case 'money':
      return `${row}.${between(random, 10, 99)}`;
    case 'bool':
      return random() < 0.5 ? 'true' : 'false';
    case 'text':
    case 'varchar':
    case 'bpchar':
    case 'citext':
    case 'name':
      return text(type, wish);
    case 'char':
      return pick(random, [...'abc']);
    case 'uuid':
      return uuid(random);
    case 'json':
    case 'jsonb':
      return json(wish);
    case 'bytea':
      return `\\x${Array.from({ length: wish.limits.shortest ?? between(random, 0, 20) }, () => between(random, 16, 255).toString(16)).join('')}`;
    case 'xml':
      return `<item n="${row}">text &amp; more</item>`;
    default:
      return timeValue(type, wish) ?? otherValue(type, wish);
  }
}

function wholeNumber({ random, row, unique, limits }: ValueWish, least: number, most: number): string {
  const min = limits.min ?? (limits.max === undefined ? least : Math.min(least, limits.max));
  if (unique) return String(Math.ceil(Math.max(min, 0)) + row);
  return String(between(random, Math.ceil(min), Math.floor(Math.max(min, limits.max ?? most))));
}

function decimal({ random, row, unique, limits, modifier }: ValueWish): string {
  const precision = modifier < 0 ? 8 : ((modifier - 4) >> 16) & 0xffff;
  const scale = modifier < 0 ? 2 : (modifier - 4) & 0x7ff;
  const whole = Math.max(0, precision - scale);
  const most = Math.min(limits.max ?? Infinity, 10 ** Math.min(whole, 6) - 1);
  const least = limits.min ?? 0;
  if (least >= most) return String(least);
  const digits =
    scale === 0
      ? ''
      : `.${String(between(random, 0, 10 ** Math.min(scale, 6) - 1)).padStart(Math.min(scale, 6), '0')}`;
  const number = unique
    ? Math.ceil(least) + row
    : between(random, Math.ceil(least), Math.max(Math.ceil(least), Math.floor(most) - 1));
  return `${number}${digits}`;
}

function text(type: string, wish: ValueWish): string {
  const { random, row, unique, limits, modifier } = wish;
  const room = Math.min(
    limits.longest ?? 200,
    type === 'name' ? 60 : 1e9,
    modifier > 4 && type !== 'text' ? modifier - 4 : 1e9,
  );
  const mark = unique ? `${row.toString(36)}` : '';
  let words = wordsFor(wish.name, random, row);
  if (unique)
    words =
      room <= mark.length + 1
        ? mark.padStart(room, '0')
        : `${words.slice(0, room - mark.length - 1)}-${mark}`;
  words = words.slice(0, room);
  const least = type === 'bpchar' ? 0 : (limits.shortest ?? 0);
  return words.padEnd(Math.min(least, room), 'x');
}

function uuid(random: Random): string {
  const digits = Array.from({ length: 32 }, () => between(random, 0, 15).toString(16)).join('');
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5');
}

function json({ random, row }: ValueWish): string {
  return pick(random, [
    '{}',
    '[]',
    'null',
    JSON.stringify({ number: row, 'a key': 'a "value"', list: [1, 2.5, null, true] }),
    JSON.stringify(['one', { two: row }]),
  ]);
}

function timeValue(type: string, { random, row, unique, limits }: ValueWish): string | null {
  const two = (number: number) => String(number).padStart(2, '0');
  const spread = unique ? row : between(random, 0, 3000);
  const day = new Date(Date.parse(limits.from ?? '2014-01-01') + (spread + 1) * 86_400_000)
    .toISOString()
    .slice(0, 10);
  const clock = `${two(between(random, 0, 23))}:${two(between(random, 0, 59))}:${two(between(random, 0, 59))}`;
  switch (type) {
    case 'date':
      return day;
    case 'timestamp':
      return `${day} ${clock}.${between(random, 100000, 999999)}`;
    case 'timestamptz':
      return `${day} ${clock}+0${between(random, 0, 5)}`;
    case 'time':
      return clock;
    case 'timetz':
      return `${clock}+02`;
    case 'interval':
      return `${between(random, 0, 20)} days ${clock}`;
    default:
      return null;
  }
}

function otherValue(type: string, { random, row, modifier }: ValueWish): string | null {
  const byte = () => between(random, 1, 254);
  const pair = () => `(${between(random, 0, 90)}.5,${between(random, 0, 90)})`;
  const bits = (length: number) => Array.from({ length }, () => between(random, 0, 1)).join('');
  const made: Readonly<Record<string, () => string>> = {
    inet: () =>
      pick(random, [
        `10.${byte()}.${byte()}.${byte()}`,
        `10.${byte()}.0.0/16`,
        `2001:db8::${byte().toString(16)}/64`,
      ]),
    cidr: () => pick(random, [`10.${byte()}.${byte()}.0/24`, `2001:db8:${byte()}::/48`]),
    macaddr: () => Array.from({ length: 6 }, () => byte().toString(16).padStart(2, '0')).join(':'),
    macaddr8: () => Array.from({ length: 8 }, () => byte().toString(16).padStart(2, '0')).join(':'),
    bit: () => bits(Math.max(1, modifier)),
    varbit: () => bits(modifier < 0 ? 5 : Math.min(modifier, 5)),
    tsvector: () => `'word':${row} 'other':2B`,
    tsquery: () => "'word' & 'other'",
    point: pair,
    line: () => `{1,${byte()},3}`,
    lseg: () => `[${pair()},${pair()}]`,
    box: () => `${pair()},${pair()}`,
    path: () => `[${pair()},${pair()}]`,
    polygon: () => `(${pair()},${pair()},${pair()})`,
    circle: () => `<${pair()},2>`,
    pg_lsn: () => `0/${byte().toString(16)}`,
    hstore: () => `"key"=>"${row}", "none"=>NULL`,
    ltree: () => `top.part_${row}`,
    regclass: () => 'pg_class',
    cube: () => `(${byte()}, 2)`,
  };
  return Object.hasOwn(made, type) ? made[type]!() : null;
}
