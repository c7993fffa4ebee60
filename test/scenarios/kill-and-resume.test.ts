import { expect, test } from 'vitest';
import { killed, succeeded, useSampleMoves } from './sample-move.ts';

const moves = useSampleMoves();

test('two uninterrupted moves are equal', async () => {
  const move = await moves.open();
  succeeded(await move.migrate());
  expect(await move.content()).toEqual(moves.whole);
});

test.for([
  'batch.begun:20=kill',
  'batch.rows-copied:31=kill',
  'batch.before-commit:3=kill',
  'batch.after-commit:55=kill',
])('%s, then resume: the target is as if nothing had happened', async (failpoint) => {
  const move = await moves.open();
  killed(await move.migrate(failpoint));
  succeeded(await move.resume());
  expect(await move.content()).toEqual(moves.whole);
});
