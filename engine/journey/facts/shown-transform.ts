/**
 * How a column moves, as it may be shown. A plan may quote values: the default that fills a gap, a constant, the words of
 * a list. Of a personal column they are masked; of all others, what looks like an address or a long number is.
 */
import { redactText, withoutValues } from '../../core/redaction.ts';
import { shownSentence, shownText } from '../../core/shown-text.ts';
import type { PlanColumn, Transform } from '../../plan/plan-file.ts';
import type { SimpleTransform } from '../../plan/plan-transform.ts';
import { templateParts } from '../../plan/template-parts.ts';
import { maskValue } from '../../rehearsal/mask.ts';

export function shownTransform(step: Transform, hidden: boolean): Transform {
  const show = (text: string) => shownValue(text, hidden);
  switch (step.kind) {
    case 'choice':
      return { ...step, map: shownMap(step.map, show) };
    case 'boolean':
      return { ...step, true: step.true.map(show), false: step.false.map(show) };
    case 'default':
      return { ...step, value: show(step.value) };
    case 'constant':
      return { ...step, value: step.value === null ? null : show(step.value) };
    case 'template':
      return { ...step, text: shownTemplate(step.text, show) };
    case 'replace':
      return hidden ? { ...step, pattern: '…', with: show(step.with) } : step;
    case 'mask':
      return step.with === undefined ? step : { ...step, with: show(step.with) };
    case 'empty-to-null':
      return step.words === undefined ? step : { ...step, words: step.words.map(show) };
    case 'array': {
      const each: readonly SimpleTransform[] = Array.isArray(step.each) ? step.each : [step.each];
      return { ...step, each: each.map((one) => shownTransform(one, hidden) as SimpleTransform) };
    }
    case 'code':
      return step.source === undefined
        ? step
        : { ...step, source: shownCode(step.source, hidden, step.reads ?? []) };
    default:
      return step;
  }
}

/** Names of columns stay; what stands between them is text like any other. */
function shownTemplate(text: string, show: (text: string) => string): string {
  const { pieces, end } = templateParts(text);
  const around = (part: string) => (part.trim().length <= SEPARATOR ? part : show(part));
  return (
    pieces.map(({ before, column }) => `${around(before)}{${shownText(column, 63)}}`).join('') + around(end)
  );
}

/** The reason of a column's mapping; it may quote the value that fills gaps. */
export function shownReason({ reason, default: value, personal }: PlanColumn): string {
  const quoted =
    personal !== undefined && value !== undefined && value !== '' ? reason.replaceAll(value, '…') : reason;
  return shownSentence(quoted);
}

/**
 * An SQL condition. Texts in it stay where they are the codes of columns that are not personal; where a personal column is
 * named, all of them go.
 */
export function shownCondition(where: string, personal: ReadonlySet<string>): string {
  const names = where.replace(/'(?:[^']|'')*'/g, '').match(/[\p{L}_][\p{L}\p{N}_$]*/gu) ?? [];
  const hidden = names.some((name) => personal.has(name));
  const shown = where.replace(/'((?:[^']|'')*)'/g, (_, text: string) => `'${shownValue(text, hidden)}'`);
  return shownText(shown.replace(/\d{7,}/g, '…'), 400);
}

/**
 * Code stays code. What looks like an address, a secret or a long number in it goes; of a personal column, all texts but the
 * names of columns.
 */
export function shownCode(source: string, hidden: boolean, names: readonly string[]): string {
  const quoted = /(['"`])((?:\\.|(?!\1)[^\n])*)\1/g;
  const masked = hidden
    ? source.replace(quoted, (whole, quote: string, text: string) =>
        text.length <= SEPARATOR || names.includes(text) ? whole : `${quote}${maskValue(text)}${quote}`,
      )
    : source;
  const shown = redactText(masked).replace(/\d{7,}/g, '…');
  return shown.length <= SHOWN_CODE ? shown : `${shown.slice(0, SHOWN_CODE)}…`;
}

/** Texts of so many characters are separators and codes. */
const SEPARATOR = 2;
const SHOWN_CODE = 8000;

function shownValue(text: string, hidden: boolean): string {
  if (hidden) return maskValue(text);
  const shown = shownText(text, 60);
  return withoutValues(shown) === shown ? shown : maskValue(shown);
}

/** Masked codes may be alike: they are numbered. */
function shownMap(
  map: Readonly<Record<string, string>>,
  show: (text: string) => string,
): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [code, word] of Object.entries(map)) {
    let key = show(code);
    for (let n = 2; Object.hasOwn(shown, key); n++) key = `${show(code)} (${n})`;
    shown[key] = show(word);
  }
  return shown;
}
