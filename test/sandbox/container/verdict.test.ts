import { expect, test } from 'vitest';
import { judgeEnding } from '../../../sandbox/container/verdict.ts';
import { usualLimits } from '../../../sandbox/limits.ts';

test.each([
  ['the kernel killed it', { exitCode: 137, oomKilled: true, stderr: 'heap out of memory' }, 'oom'],
  [
    'V8 gave up as process 1',
    { exitCode: 139, oomKilled: false, stderr: 'FATAL ERROR: Reached heap limit' },
    'heap',
  ],
  [
    'V8 gave up under an init',
    { exitCode: 134, oomKilled: false, stderr: 'JavaScript heap out of memory' },
    'heap',
  ],
  ['somebody stopped it', { exitCode: 137, oomKilled: false, stderr: '' }, 'stopped'],
  [
    'it heard nothing',
    { exitCode: 139, oomKilled: false, stderr: 'towpath: idle\n----- Native stack trace' },
    'stopped',
  ],
  [
    'it ended well, which it never should',
    { exitCode: 0, oomKilled: false, stderr: 'heap out of memory' },
    'crash',
  ],
  ['it aborted', { exitCode: 139, oomKilled: false, stderr: 'what' }, 'crash'],
])('%s', (_, ending, kind) => {
  expect(judgeEnding(ending, usualLimits)).toMatchObject({ kind, hint: expect.stringMatching(/\.$/) });
});

test('what it said last is kept for the log without control characters', () => {
  const { details } = judgeEnding({ exitCode: 1, oomKilled: false, stderr: 'a\u001b[2Jb\n' }, usualLimits);
  expect(details.stderr).toBe('a [2Jb ');
});
