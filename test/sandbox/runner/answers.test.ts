import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable, readFault, readOutcomes } from '../../../sandbox/runner/answers.ts';
import { SandboxError } from '../../../sandbox/sandbox-error.ts';

const frame = (type: string, value: unknown) => ({
  type,
  sequence: 1,
  body: Buffer.from(JSON.stringify(value) ?? ''),
});

const rows = (...cells: readonly (string | number)[]) => ({
  type: 'R',
  sequence: 1,
  body: Buffer.from(cells.join('\0')),
});

test('well-formed rows and rejections are read', () => {
  const answer = rows(4, 'a', '\u0001', '\u00023 no\u0007', '', '\u0002 ', '', '\u0001\u0001', '');
  expect(readOutcomes(answer, 4, 2)).toEqual([
    { ok: true, cells: ['a', null] },
    { ok: false, message: 'no', line: 3 },
    { ok: false, message: 'the code rejected the row', line: null },
    { ok: true, cells: ['\u0001', ''] },
  ]);
  expect(readOutcomes(rows(2, '', '\u0002 x'), 2, 0)).toEqual([
    { ok: true, cells: [] },
    { ok: false, message: 'x', line: null },
  ]);
  expect(readOutcomes(rows(0), 0, 2)).toEqual([]);
});

test.each([
  ['nothing', ['']],
  ['another number of rows', [2, 'a', 'b', 'c', 'd']],
  ['a number that is written otherwise', ['01', 'a', 'b']],
  ['a cell too few', [1, 'a']],
  ['a cell too many', [1, 'a', 'b', 'c']],
  ['an empty cell too many', [1, 'a', 'b', '']],
  ['a rejection with values', [1, '\u00021 x', 'b']],
  ['a rejection in the middle', [1, 'a', '\u00021 x']],
  ['JSON', ['[["a","b"]]']],
])('%s is no answer', (_, cells) => {
  expect(() => readOutcomes(rows(...cells), 1, 2)).toThrowError(
    expect.objectContaining({ kind: 'protocol' }),
  );
});

test('bytes that are no text are no answer', () => {
  const body = Buffer.concat([rows(1, '').body, Buffer.from([0xff, 0xfe, 0x80, 0xc0])]);
  const act = () => readOutcomes({ type: 'R', sequence: 1, body }, 1, 1);
  expect(act).toThrowError(expect.objectContaining({ kind: 'protocol' }));
});

test('as many NULs as a frame holds make no more work than the rows that were asked for', () => {
  const body = Buffer.alloc(16 << 20);
  body[0] = 0x31;
  const started = process.cpuUsage();
  const act = () => readOutcomes({ type: 'R', sequence: 1, body }, 1, 1);
  expect(act).toThrowError(expect.objectContaining({ kind: 'protocol' }));
  expect(process.cpuUsage(started).user).toBeLessThan(1e6);
});

test('whatever else an answer is, it is rows or a typed failure', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('', '0', '1', '2', '\u0001', '\u0001a', '\u00025 words', '\u0002', '\0'),
  );
  fc.assert(
    fc.property(
      fc.constantFrom('R', 'E', 'K', 'é'),
      fc.array(piece, { maxLength: 12 }),
      fc.nat(3),
      fc.nat(3),
      fc.boolean(),
      (type, pieces, count, width, isCounted) => {
        const answer = { ...rows(...(isCounted ? [count, ...pieces] : pieces)), type };
        try {
          const outcomes = readOutcomes(answer, count, width);
          expect(outcomes).toHaveLength(count);
          for (const outcome of outcomes) if (outcome.ok) expect(outcome.cells).toHaveLength(width);
        } catch (error) {
          expect(error).toBeInstanceOf(SandboxError);
        }
      },
    ),
  );
});

test('whatever a fault is, it is a typed failure', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(readFaultOr(frame('E', jsonable(value)))).toBeInstanceOf(SandboxError);
    }),
  );
  expect(readFaultOr(frame('E', { kind: 'code', message: 'x'.repeat(70_000) }))).toMatchObject({
    kind: 'protocol',
  });
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
