/** Another transform for each element of an array, or of a text that is a list. */
import { type ArrayValue, arrayText, readArrayText } from '../array-text.ts';
import { Misfit } from '../misfit.ts';
import type { Step, StepContext, TransformOf } from './step.ts';

export function arrayStep(
  { separator, elements }: TransformOf<'array'>,
  each: readonly Step[],
  { column, source }: Pick<StepContext, 'column' | 'source'>,
): Step {
  return (value, state, row) => {
    if (value === null) return null;
    const array = separator === undefined ? readArrayText(value) : listOf(value, separator);
    if (array === null) return new Misfit('malformed-value', 'not a list');
    const items: (string | null)[] = [];
    let replaced = false;
    for (const element of array.items) {
      let item: string | null | Misfit = element;
      for (const step of each) {
        item = step(item, state, row);
        if (item instanceof Misfit) break;
      }
      if (item instanceof Misfit) {
        if (elements === 'misfit' || (elements === 'drop' && array.lengths.length > 1)) return item;
        replaced = true;
        if (elements === 'drop') continue;
        item = null;
      }
      items.push(item);
    }
    if (replaced) state.repairs.push({ column, rule: 'misfit-to-null', source, original: value });
    return arrayText(items.length === array.items.length ? { ...array, items } : flat(items));
  };
}

function listOf(text: string, separator: string): ArrayValue {
  return flat(text === '' ? [] : text.split(separator));
}

function flat(items: readonly (string | null)[]): ArrayValue {
  return { lengths: items.length === 0 ? [] : [items.length], starts: items.length === 0 ? [] : [1], items };
}
