/**
 * Values of tried rows as they may be told. For people as a rehearsal shows them. For a model only their form: what code
 * makes of a value it may make so that first letters spell it.
 */
import type { Cell, CodeUnit } from '../../contract/code.ts';
import type { ShownValues } from '../../contract/code-trial.ts';
import { shownText } from '../../core/shown-text.ts';
import type { PlanEntity } from '../../plan/plan-file.ts';
import { cut } from '../before-after.ts';
import { maskValue } from '../mask.ts';
import { maskedColumns } from '../masked-columns.ts';

export interface ValueTeller {
  key(value: string | null): string | null;
  before(cells: readonly Cell[]): Record<string, Cell>;
  after(cells: readonly Cell[]): Record<string, Cell>;
}

export function createValueTeller(entity: PlanEntity, unit: CodeUnit, values: ShownValues): ValueTeller {
  const hidden = maskedColumns({ plan: entity, code: [{ unit }] });
  const tell = (value: Cell, isHidden: boolean): Cell => {
    if (value === null) return null;
    if (values === 'shown') return cut(value);
    if (values === 'masked') return isHidden ? maskValue(value) : cut(value);
    return formOf(value);
  };
  return {
    key: (value) => keyOf(entity, value, values),
    before: (cells) => pairs(unit.reads, (name, i) => tell(cells[i]!, hidden.source.has(name))),
    after: (cells) => pairs(unit.writes, (name, i) => tell(cells[i]!, hidden.target.has(name))),
  };
}

const LONGEST_FORM = 48;
/** Their number of letters would tell which it is. */
const TRUTH = /^(true|false|t|f|yes|no|y|n)$/i;

/**
 * `Xxxx, Xxxxx 00` for `Berg, Anna 17`: capital and small letters, digits and what stands between them; `x` for yes and for
 * no. Short values as well: a code of one figure may be a diagnosis.
 */
export function formOf(value: string): string {
  if (TRUTH.test(value)) return 'x';
  return [...shownText(value, LONGEST_FORM)].map(formOfLetter).join('');
}

function formOfLetter(letter: string): string {
  if (/\p{Lu}/u.test(letter)) return 'X';
  if (/[\p{L}\p{M}]/u.test(letter)) return 'x';
  if (/\p{N}/u.test(letter)) return '0';
  return /[\x20-\x7e…]/.test(letter) ? letter : '?';
}

/** An old number says nothing; a text may be somebody's name. */
function keyOf({ key }: PlanEntity, value: string | null, values: ShownValues): string | null {
  if (value === null || values === 'shown') return value;
  return key.kind === 'integer' || key.kind === 'uuid' ? value : null;
}

function pairs(names: readonly string[], value: (name: string, i: number) => Cell): Record<string, Cell> {
  return Object.fromEntries(names.map((name, i) => [name, value(name, i)]));
}
