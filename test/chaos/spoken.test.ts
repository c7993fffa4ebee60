/** The check of messages refuses what only sounds like one. */
import { expect, test } from 'vitest';
import { checkWords, commandsNamed } from './spoken.ts';

const failed = (message: string, hint: string, { code = 1, error = 'CONNECTION_LOST' } = {}) => ({
  ...{ code, signal: null, stderr: `Error: ${message}\nNext: ${hint}\n` },
  stdout: JSON.stringify({ status: 'error', error: { code: error } }),
});
const check = (ended: ReturnType<typeof failed>, struck = true) =>
  checkWords(ended, 'migrate all', { struck });

test('what is in the target and a command of Towpath', () => {
  expect(
    check(
      failed(
        'The connection to the target database was lost.',
        'Everything up to the last finished batch is in the target. Go on with: towpath resume 7',
      ),
    ),
  ).toEqual([]);
  expect(check(failed('It is moved already.', 'Nothing was changed. See: towpath status'))).toEqual([]);
});

test.each([
  [
    'the lock is kept by somebody',
    'The lock is kept by another process.',
    'Resume it later: towpath resume 7',
  ],
  [
    'only the server is named',
    'The target database takes no writes at the moment.',
    'Then: towpath resume 7',
  ],
  ['no command', 'The source is away.', 'Everything that was moved is in the target. Resume it later.'],
  ['no command of Towpath', 'The source is away.', 'What was moved is in the target: towpath continue 7'],
])('%s is not enough', (_, message, hint) => {
  expect(check(failed(message, hint))).toHaveLength(1);
});

test('a fault is no wrong usage, and each code has its number', () => {
  const hint = 'What was moved is in the target. Go on with: towpath resume 7';
  expect(check(failed('The run is not known.', hint, { code: 2, error: 'UNKNOWN_RUN' }))).toHaveLength(1);
  expect(check(failed('The run is over.', hint, { code: 2, error: 'RUN_IS_OVER' }), false)).toEqual([]);
  expect(check(failed('Rows differ.', hint, { code: 1, error: 'VALIDATION_FAILED' }))).toHaveLength(1);
  expect(check(failed('Rows differ.', hint, { code: 3, error: 'VALIDATION_FAILED' }))).toEqual([]);
  expect(checkWords({ ...failed('', ''), code: 0 }, 'migrate all', { struck: true })).toHaveLength(1);
});

test('the commands that are named, with what belongs to them', () => {
  expect(
    commandsNamed(
      'Free disk space, then resume. Go on with: towpath resume 20261121-a1b2. Or undo: towpath rollback 20261121-a1b2 --preview, or “towpath status”.',
    ),
  ).toEqual(['resume 20261121-a1b2', 'rollback 20261121-a1b2 --preview', 'status']);
});
