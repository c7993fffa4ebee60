/** What happens when a runner dies, whichever way: no row lost, none answered twice, and an end where it makes no sense. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CodeRunners, RowOutcome } from '../../../engine/contract/code.ts';
import { createUnitRunner } from '../../../engine/copy/code/unit-runner.ts';
import { failure } from './child-runners.ts';

const unit = { source: '', reads: ['a'], writes: ['b'] };
const whose = { entity: 'people', name: 'code/x.ts' };
const rows = (...values: string[]) => values.map((value) => [value]);
const echoed = (...values: string[]): RowOutcome[] =>
  values.map((value) => ({ ok: true, cells: [`${value}!`] }));

type Behave = (cells: readonly (string | null)[], place: { runner: number; batch: number }) => void;

/** Runners in this very process; `behave` may throw a failure for a row or a batch. A runner that failed is dead for good. */
function fakeRunners(behave: Behave = () => {}) {
  const log = { opened: 0, closed: 0, batches: 0, inFlight: 0, most: 0 };
  const runners: CodeRunners = {
    async open() {
      const runner = ++log.opened;
      let dead = false;
      return {
        async run(batch) {
          log.most = Math.max(log.most, ++log.inFlight);
          const number = ++log.batches;
          try {
            await new Promise((resolve) => setTimeout(resolve, 1));
            if (dead) throw failure('closed', 'This runner is gone.');
            return batch.map((cells, i) => {
              try {
                behave(cells, { runner, batch: number });
              } catch (error) {
                dead = true;
                throw Object.assign(error as Error, {
                  rowIndex: (error as { rowIndex: number | null }).rowIndex === null ? null : i,
                });
              }
              return { ok: true, cells: [`${cells[0]}!`] };
            });
          } finally {
            log.inFlight--;
          }
        },
        async close() {
          log.closed++;
        },
      };
    },
    check: async () => [],
    close: async () => {},
  };
  return { runners, log };
}

test('opened with the first rows, closed at rest, opened again when more come', async () => {
  const { runners, log } = fakeRunners();
  const runner = createUnitRunner(runners, unit, whose);
  expect(log.opened).toBe(0);
  expect(await runner.answer(rows('1', '2'))).toEqual(echoed('1', '2'));
  await runner.rest();
  expect(log).toMatchObject({ opened: 1, closed: 1 });
  expect(await runner.answer(rows('3'))).toEqual(echoed('3'));
  expect(log.opened).toBe(2);
});

test('two portions are on their way, never more, and all are answered', async () => {
  const { runners, log } = fakeRunners();
  const runner = createUnitRunner(runners, unit, whose);
  const portions = Array.from({ length: 20 }, (_, i) => rows(`${i}`));
  const answers = await Promise.all(portions.map((portion) => runner.answer(portion)));
  expect(answers).toEqual(portions.map((portion) => echoed(portion[0]![0]!)));
  expect(log).toMatchObject({ opened: 1, most: 2 });
});

test('a runner that died is replaced and its portions are sent again', async () => {
  const { runners, log } = fakeRunners((_, { runner }) => {
    if (runner <= 2) throw failure('crash', 'It fell over.');
  });
  const runner = createUnitRunner(runners, unit, whose);
  const answers = await Promise.all([
    runner.answer(rows('1')),
    runner.answer(rows('2')),
    runner.answer(rows('3')),
  ]);
  expect(answers).toEqual([echoed('1'), echoed('2'), echoed('3')]);
  expect(log).toMatchObject({ opened: 3, closed: 2 });
});

test('after three deaths in a row there is one error, for those that wait and those that come', async () => {
  const { runners, log } = fakeRunners(() => {
    throw failure('oom', 'It used more than 256 MB.');
  });
  const runner = createUnitRunner(runners, unit, whose);
  const results = await Promise.allSettled([1, 2, 3, 4].map((n) => runner.answer(rows(`${n}`))));
  for (const result of [...results, ...(await Promise.allSettled([runner.answer(rows('5'))]))]) {
    expect(result).toMatchObject({
      status: 'rejected',
      reason: {
        code: 'CODE_STOPPED',
        message: 'The code of people (code/x.ts) stopped 3 times in a row. It used more than 256 MB.',
        severity: 'critical',
        details: { kind: 'oom', times: 3 },
      },
    });
  }
  expect(log.opened).toBe(3);
});

test('rows that end the runner are refused, each tried alone first; the rows around them are answered', async () => {
  const { runners } = fakeRunners(([value]) => {
    if (value!.startsWith('bad')) throw failure('timeout', 'No answer within 3000 ms.', 0);
  });
  const runner = createUnitRunner(runners, unit, whose);
  const refused = { ok: false, message: 'No answer within 3000 ms.', line: null };
  expect(await runner.answer(rows('1', 'bad', '2', '3', 'bad too', '4', 'bad again'))).toEqual([
    ...echoed('1'),
    refused,
    ...echoed('2', '3'),
    refused,
    ...echoed('4'),
    refused,
  ]);
});

test('a row that was only unlucky is answered when it is tried alone', async () => {
  const { runners } = fakeRunners(([value], { batch }) => {
    if (value === 'slow' && batch === 1) throw failure('timeout', 'No answer within 3000 ms.', 0);
  });
  const runner = createUnitRunner(runners, unit, whose);
  expect(await runner.answer(rows('1', 'slow', '2'))).toEqual(echoed('1', 'slow', '2'));
});

test('code that hangs on every row ends the entity, not each row', async () => {
  const { runners, log } = fakeRunners(() => {
    throw failure('timeout', 'No answer within 3000 ms.', 0);
  });
  const runner = createUnitRunner(runners, unit, whose);
  await expect(runner.answer(rows('1', '2', '3', '4'))).rejects.toMatchObject({ code: 'CODE_STOPPED' });
  expect(log.opened).toBe(3);
});

test('a portion that kills each runner ends it, also while others are answered in between', async () => {
  const { runners } = fakeRunners(([value]) => {
    if (value === 'killer') throw failure('heap', 'More memory than the heap allows.');
  });
  const runner = createUnitRunner(runners, unit, whose);
  const killer = runner.answer(rows('killer')).catch((error: unknown) => error);
  const others = Promise.allSettled(Array.from({ length: 30 }, (_, i) => runner.answer(rows(`${i}`))));
  expect(await killer).toMatchObject({ code: 'CODE_STOPPED' });
  await others;
});

test.each([
  ['docker-missing', 'SANDBOX_MISSING'],
  ['docker-denied', 'SANDBOX_MISSING'],
  ['image-missing', 'SANDBOX_MISSING'],
  ['code', 'CODE_NOT_LOADED'],
  ['not-repeatable', 'CODE_NOT_DETERMINISTIC'],
])('%s is not tried again: %s', async (kind, code) => {
  let opened = 0;
  const runners: CodeRunners = {
    open: async () => {
      opened++;
      throw failure(kind, 'It is so.');
    },
    check: async () => [],
    close: async () => {},
  };
  await expect(createUnitRunner(runners, unit, whose).answer(rows('1'))).rejects.toMatchObject({ code });
  expect(opened).toBe(1);
});

test.each<[string, unknown]>([
  ['too few', []],
  ['too many', [...echoed('1'), ...echoed('2')]],
  ['no list', 'ok'],
  ['a number for a text', [{ ok: true, cells: [1] }]],
  ['a column too many', [{ ok: true, cells: ['1', '2'] }]],
  ['no message', [{ ok: false, line: null }]],
  ['null', [null]],
])('answers of another shape count as a broken runner: %s', async (_, answer) => {
  const runners: CodeRunners = {
    open: async () => ({ run: async () => answer as RowOutcome[], close: async () => {} }),
    check: async () => [],
    close: async () => {},
  };
  const error = await createUnitRunner(runners, unit, whose)
    .answer(rows('1'))
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'CODE_STOPPED', details: { kind: 'protocol' } });
});

test('whatever dies when: every row is answered once, as it is, or the entity ends', async () => {
  const happening = fc.constantFrom('fine', 'fine', 'fine', 'crash', 'bad-row');
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { maxLength: 12 }),
      fc.array(fc.nat(6), { maxLength: 8 }),
      async (plan, sizes) => {
        const script = [...plan];
        const { runners } = fakeRunners(([value]) => {
          if (!value!.endsWith('.0')) return;
          const what = script.shift() ?? 'fine';
          if (what === 'crash') throw failure('crash', 'It fell over.');
          if (what === 'bad-row') throw failure('timeout', 'Too slow.', 0);
        });
        const runner = createUnitRunner(runners, unit, whose);
        const portions = sizes.map((size, p) => Array.from({ length: size }, (_, i) => [`${p}.${i}`]));
        const results = await Promise.allSettled(portions.map((portion) => runner.answer(portion)));
        results.forEach((result, p) => {
          if (result.status === 'rejected') {
            expect(result.reason).toMatchObject({ code: 'CODE_STOPPED' });
            return;
          }
          expect(result.value).toHaveLength(portions[p]!.length);
          result.value.forEach((outcome, i) => {
            if (outcome.ok) expect(outcome.cells).toEqual([`${portions[p]![i]![0]}!`]);
            else expect(i).toBe(0);
          });
        });
      },
    ),
    { numRuns: 150 },
  );
});
