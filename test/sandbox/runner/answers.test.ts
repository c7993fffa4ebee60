import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable, readFault, readOutcomes } from '../../../sandbox/runner/answers.ts';
import { SandboxError } from '../../../sandbox/sandbox-error.ts';

const frame = (type: string, value: unknown) => ({
  type,
  sequence: 1,
  body: Buffer.from(JSON.stringify(value) ?? ''),
});

test('well-formed rows and rejections are read', () => {
  const answer = frame('R', [['a', null], { m: 'no\u0007', l: 3 }, { m: '', l: -1 }]);
  expect(readOutcomes(answer, 3, 2)).toEqual([
    { ok: true, cells: ['a', null] },
    { ok: false, message: 'no', line: 3 },
    { ok: false, message: 'the code rejected the row', line: null },
  ]);
});

test('whatever else an answer is, it is rows or a typed failure', () => {
  const cell = fc.oneof(fc.string(), fc.constant(null), fc.anything());
  const answers = fc.oneof(
    fc.anything(),
    fc.array(fc.oneof(fc.array(cell), fc.record({ m: fc.anything(), l: fc.anything() }))),
  );
  fc.assert(
    fc.property(
      fc.constantFrom('R', 'E', 'K', 'é'),
      answers,
      fc.nat(3),
      fc.nat(3),
      (type, value, count, width) => {
        const answer = frame(type, jsonable(value));
        try {
          const outcomes = readOutcomes(answer, count, width);
          expect(outcomes).toHaveLength(count);
          for (const outcome of outcomes)
            if (outcome.ok)
              expect(outcome.cells.every((each) => each === null || typeof each === 'string')).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(SandboxError);
        }
        expect(readFaultOr(answer)).toBeInstanceOf(SandboxError);
      },
    ),
  );
});

function readFaultOr(answer: Parameters<typeof readFault>[0]): unknown {
  try {
    return readFault(answer, 3);
  } catch (error) {
    return error;
  }
}

function jsonable(value: unknown): unknown {
  try {
    return JSON.parse(
      JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? 1 : each)) ?? 'null',
    );
  } catch {
    return null;
  }
}

test('a fault names its row and line where they make sense', () => {
  const fault = { kind: 'timeout', message: 'the code did not answer', row: 2, line: 7 };
  expect(readFault(frame('E', fault), 3)).toMatchObject({
    kind: 'timeout',
    message: 'The code did not answer.',
    rowIndex: 2,
    line: 7,
  });
  expect(readFault(frame('E', { ...fault, row: 3, line: 0.5 }), 3)).toMatchObject({
    rowIndex: null,
    line: null,
  });
  expect(readFault(frame('E', { ...fault, kind: 'docker-missing' }), 3)).toMatchObject({ kind: 'protocol' });
});

test('no text leaves with characters that change a screen', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
      const shown = printable(text);
      expect(shown).not.toMatch(/\p{Cc}|\p{Bidi_Control}|\p{Zl}|\p{Zp}/u);
      expect(shown.length).toBeLessThanOrEqual(1000);
      expect(shown.isWellFormed() || shown.length === 1000).toBe(true);
    }),
  );
});
