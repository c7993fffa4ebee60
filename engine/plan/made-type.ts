/** Whether a column can hold what the last of its transforms makes. */
import type { Transform } from './plan-file.ts';

interface Problem {
  readonly message: string;
  readonly hint: string;
}

const TEXT = /^(text|citext|character|varchar|bpchar)/i;
const MOMENT = /^timestamp/i;
const HASH_CHARACTERS = 64;

/** These leave a value what it is, or make anything that a text can say. */
const NEUTRAL = new Set<Transform['kind']>(['trim', 'default', 'empty-to-null', 'copy', 'cast']);

/** Null where it can. */
export function madeType(steps: readonly Transform[], type: string): Problem | null {
  const maker = steps.findLast(({ kind }) => !NEUTRAL.has(kind));
  return maker === undefined ? null : problemOf(maker, type);
}

function problemOf(maker: Transform, type: string): Problem | null {
  const wrong = (makes: string, use: string): Problem => ({
    message: `The transform ${maker.kind} makes ${makes}, but the column is ${type}.`,
    hint: `Set type: ${use}.`,
  });
  const text = TEXT.test(type) && !type.endsWith('[]');
  switch (maker.kind) {
    case 'boolean':
      return text || /^bool/i.test(type) ? null : wrong('true or false', 'boolean');
    case 'epoch':
    case 'time-zone':
      return text || (MOMENT.test(type) && !type.endsWith('[]'))
        ? null
        : wrong('a moment', 'timestamp with time zone');
    case 'json':
      return text || /^jsonb?$/i.test(type) ? null : wrong('JSON', 'jsonb');
    case 'money':
      return moneyProblem(maker.scale, type, text);
    case 'hash':
      return text && (limitOf(type) ?? HASH_CHARACTERS) >= HASH_CHARACTERS
        ? null
        : wrong(`${HASH_CHARACTERS} hexadecimal digits`, 'text');
    case 'email':
    case 'phone':
      return text ? null : wrong('text', 'text');
    case 'mask':
      return maskProblem(maker, type, text);
    case 'array':
      return type.endsWith(']') ? null : wrong('a list', `${type}[]`);
    default:
      return null;
  }
}

function moneyProblem(scale: number, type: string, text: boolean): Problem | null {
  if (/^(real|double|float)/i.test(type))
    return {
      message: `An amount would lose digits in ${type}, which keeps floating-point numbers.`,
      hint: `Set type: numeric(${14 + scale},${scale}).`,
    };
  const [, kept] = /^(?:numeric|decimal)\s*\(\s*\d+\s*(?:,\s*(-?\d+)\s*)?\)$/i.exec(type) ?? [];
  const exact = /^(numeric|decimal)$/i.test(type) || text || type === 'money';
  const digits = kept === undefined ? 0 : Number(kept);
  if (exact || (/^(numeric|decimal|integer|bigint|smallint|int)/i.test(type) && digits >= scale)) return null;
  return {
    message: `Amounts may have ${scale} digits after the point, but ${type} keeps ${digits}: the others would not fit.`,
    hint: `Set type: numeric(${14 + scale},${scale}), or scale: ${digits}.`,
  };
}

function maskProblem(
  mask: Extract<Transform, { kind: 'mask' }>,
  type: string,
  text: boolean,
): Problem | null {
  const problem = (hint: string): Problem => ({
    message: `The style ${mask.style} does not make ${type}.`,
    hint,
  });
  if (mask.style === 'year-only')
    return text || /^(date|timestamp|smallint|integer|bigint|numeric)/i.test(type)
      ? null
      : problem('Set type: date, integer or text.');
  if (mask.style === 'redact')
    return text || mask.with !== undefined ? null : problem('Say under with what shall stand there.');
  if (mask.style === 'fake' && (mask.as ?? 'shape') === 'shape') return null;
  return text ? null : problem('Set type: text.');
}

function limitOf(type: string): number | null {
  const [, limit] = /\((\d+)\)/.exec(type) ?? [];
  return limit === undefined ? null : Number(limit);
}
