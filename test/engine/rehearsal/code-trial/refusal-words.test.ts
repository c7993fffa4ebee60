/** Words for why code refused a row: the messages that JavaScript really writes are known, and none of their text is kept. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refusalWords } from '../../../../engine/rehearsal/code-trial/refusal-words.ts';

const other = 'The code refuses the row: it throws an error of its own.';
const unfinished = '(Berg';
const nothing = null as unknown as { name: { trim(): string } };

/** As the harness tells an error: with its name, where that says something. */
function thrownBy(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    const { name, message } = error as Error;
    return name === 'Error' || name === 'TypeError' ? message : `${name}: ${message}`;
  }
  throw new Error('it was to throw');
}

test.each<[() => unknown, RegExp]>([
  [() => nothing.name, /property of null/],
  [() => (undefined as unknown as typeof nothing).name, /property of undefined/],
  [() => (JSON as unknown as { nothing(): void }).nothing(), /not a function/],
  [() => [...(1 as unknown as string)], /use[sd]? a value as something|not a function/],
  [() => BigInt('Berg'), /bigint of a text/],
  [() => BigInt(1.5), /bigint of a number/],
  [() => (1n as unknown as number) + 1, /mixes a bigint/],
  [() => JSON.parse('Berg, Anna'), /JSON/],
  [() => new Date('Berg').toISOString(), /makes a moment/],
  [() => 'x'.repeat(-1), /out of its range/],
  [() => (1).toFixed(200), /out of its range/],
  [() => new RegExp(unfinished), /a pattern that is none/],
])('%o', (work, words) => {
  const told = refusalWords(thrownBy(work), ['made']);
  expect(told.message).toMatch(words);
  expect(told.message).not.toContain('Berg');
});

test('a column is named only if the code declares it', () => {
  const words = (column: string) =>
    refusalWords(`column "${column}": undefined cannot be stored; null is no value`, ['made']);
  expect(words('made')).toEqual({
    message: 'For made it gives undefined; for no value it must give null.',
    column: 'made',
  });
  expect(words('Berg')).toEqual({ message: other, column: null });
});

test('nothing of a message is kept, wherever a value stands in it', () => {
  const known = [
    ...['', ' is not a function', ' is not iterable', 'Cannot read properties of null ', 'ReferenceError: '],
    ...[' is not defined', 'SyntaxError: ', ' JSON', 'RangeError: ', 'Cannot convert ', ' to a BigInt'],
    ...['column "made": ', ' cannot be stored', 'transform must return an object with a property'],
  ];
  const part = fc.constantFrom(...known);
  fc.assert(
    fc.property(part, part, part, (before, between, after) => {
      const { message } = refusalWords(`${before}Qzx${between}Qzx${after}`, ['made']);
      expect(message).not.toContain('Qzx');
    }),
  );
  expect(refusalWords('Anna Berg is wrong', []).message).toBe(other);
});
