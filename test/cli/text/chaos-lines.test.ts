/** What a person reads of a rehearsal under faults. */
import { expect, test } from 'vitest';
import { chaosLines } from '../../../cli/text/chaos-lines.ts';
import type { ChaosReport } from '../../../engine/contract/chaos.ts';
import { held } from '../../engine/report/held-chaos.ts';

const lines = (report: ChaosReport) => chaosLines(report, (words) => `towpath ${words}`).join('\n');

test('what held is told as a person would tell it', () => {
  const text = lines(held);
  expect(text).toContain(
    'I cut the connection to the old database 6 times and to the new one once and killed the process in the middle of its work twice.',
  );
  expect(text).toContain(
    'That was 4 moves of the same 1,234 rows. Batches were repeated without help 3 times, and the move was taken up again 4 times, as by towpath resume. After each move I compared all 1,234 rows with those of an undisturbed move: nothing was lost, nothing is there twice, every link leads somewhere, and each validation said verified.',
  );
  expect(text).toContain(
    'Then a copy was damaged on purpose (a row taken away in orders and a row doubled in orders), and its validation refused it each time, and passed it again once it was put right.',
  );
  expect(text).toMatch(/connection cut +7 +3 +2 +3,702 +held/);
  expect(text).toContain(
    'Seed 42, 1 min 1 s. The same again: towpath rehearse --chaos --faults 9 --seed 42 --sample 50',
  );
  expect(text).toContain('Next: towpath approve');
});

test('what did not hold is told with its move, and nothing is claimed of it', () => {
  const text = lines({
    ...held,
    status: 'failed',
    moves: { made: 4, leftOut: 2 },
    violations: [
      {
        move: 3,
        kinds: ['process-killed'],
        check: 'rows-lost',
        entity: 'orders',
        rows: 2,
        message: 'orders: 2 rows are missing.',
      },
    ],
    damage: [{ kind: 'row-lost', entity: 'orders', outcome: 'missed', mended: true }],
    outside: { ...held.outside, target: 'unclear' },
    removed: false,
  });
  expect(text).toContain('Move 3 (process killed): orders: 2 rows are missing.');
  expect(text).not.toContain('nothing was lost');
  expect(text).toContain('its validation refused it only 0 of 1 times');
  expect(text).toContain('A scratch schema is still there');
  expect(text).toContain('it is not clear by whom');
  expect(text).toContain('2 further moves did not fit into the time and were left out.');
  expect(text).toContain('Next: do not start the move.');
  expect(text).not.toContain('towpath approve');
});

test('what proves nothing does not say that it held', () => {
  const text = lines({
    ...held,
    status: 'not-proven',
    notProven: ['none of the faults came to its moment'],
    faults: { drawn: 1, struck: 0 },
    kinds: held.kinds.map((of) => ({ ...of, faults: { source: 0, target: 0, all: 0 } })),
  });
  expect(text).toContain('proves nothing');
  expect(text).toContain('Nothing is proven: none of the faults came to its moment.');
  expect(text).not.toContain('faults held');
  expect(text).not.toContain('towpath approve');
});

test('moves that did not come to their end are not told as compared', () => {
  const text = lines({ ...held, rowsCompared: 2468 });
  expect(text).toContain('2,468 of 4,936 rows in all');
  expect(text).not.toContain('compared all');
});
