import { expect, test } from 'vitest';
import { MigrationError } from '../../../engine/core/errors.ts';
import { connectionProblem } from '../../../engine/db/connection-problems.ts';
import { classify, sqlstateOf } from '../../../engine/db/sqlstate.ts';

const coded = (code: string) => Object.assign(new Error('in some language'), { code });

test.each([
  ['40001', 'major', true],
  ['40P01', 'major', true],
  ['40002', 'minor', false],
  ['08006', 'major', true],
  ['08P01', 'critical', false],
  ['53100', 'critical', false],
  ['53200', 'major', true],
  ['53300', 'major', true],
  ['55P03', 'major', true],
  ['57014', 'major', true],
  ['57P01', 'major', true],
  ['25006', 'critical', false],
  ['28P01', 'critical', false],
  ['42P01', 'critical', false],
  ['42501', 'critical', false],
  ['22001', 'minor', false],
  ['22P02', 'minor', false],
  ['23503', 'minor', false],
  ['23505', 'minor', false],
  ['P0001', 'minor', false],
  ['XX001', 'critical', false],
  ['ZZ999', 'critical', false],
  ['ECONNRESET', 'major', true],
  ['EPIPE', 'major', true],
  ['ECONNREFUSED', 'critical', true],
  ['ENOTFOUND', 'critical', false],
  ['ENOSPC', 'critical', false],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'critical', false],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'critical', false],
])('%s is %s, retryable: %s', (code, severity, retryable) => {
  expect(classify(coded(code))).toMatchObject({ code, severity, retryable });
});

test('an error without a code is critical, whatever its text says', () => {
  expect(classify(new Error('deadlock detected, connection reset, please retry'))).toEqual({
    code: 'unknown',
    name: 'unknown',
    kind: 'unknown',
    severity: 'critical',
    retryable: false,
  });
  expect(classify('40001')).toMatchObject({ code: 'unknown' });
});

test('an abort is not retried', () => {
  expect(classify(new DOMException('stop', 'AbortError'))).toMatchObject({
    name: 'aborted',
    retryable: false,
  });
});

test('an explained error keeps its own severity and the code below it', () => {
  const place = { role: 'target', at: 'db.example:5432', database: 'app' } as const;
  const explained = connectionProblem('CONNECTION_LOST', place, { cause: coded('57P01') });
  expect(classify(explained)).toMatchObject({ code: '57P01', severity: 'major', retryable: true });
  expect(sqlstateOf(explained)).toBe('57P01');
});

test('a five-letter errno is no SQLSTATE', () => {
  expect(sqlstateOf(coded('EPIPE'))).toBeUndefined();
  expect(sqlstateOf(new MigrationError({ code: 'ABCDE', message: '', hint: '' }))).toBeUndefined();
});

test('several addresses that all refuse are one refusal', () => {
  const all = new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]);
  expect(classify(all)).toMatchObject({ code: 'ECONNREFUSED', retryable: true });
});
