import { expect, test } from 'vitest';
import type { Check } from '../../../server/shapes/connections.ts';
import { resultOf } from '../../../web/screens/home/connection-result.ts';

const check = (name: string, status: Check['status']): Check => ({
  name,
  status,
  message: `${name} ${status}`,
  remedy: status === 'fail' ? 'Do this.' : null,
});

test('each database has its own result, the worst first', () => {
  const checks = [
    check('source-connect', 'pass'),
    check('source-pooler', 'warn'),
    check('source-privileges', 'fail'),
    check('target-connect', 'pass'),
    check('clock', 'warn'),
  ];
  const source = resultOf(checks, 'source');
  expect(source.tone).toBe('fail');
  expect(source.problems.map(({ name }) => name)).toEqual(['source-privileges', 'source-pooler']);
  expect(source.connected).toBe('source-connect pass');
  expect(resultOf(checks, 'target')).toEqual({
    tone: 'pass',
    connected: 'target-connect pass',
    problems: [],
  });
  expect(resultOf(checks, 'both').tone).toBe('warn');
});

test('what was not tested, or could not be, is not a pass', () => {
  expect(resultOf([], 'source').tone).toBe('unknown');
  expect(resultOf([check('source-version', 'skipped')], 'source').tone).toBe('unknown');
});
