/** What follows an error: the table, and what handlers may make of it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MigrationError } from '../../../engine/core/errors.ts';
import type { ErrorHandler, FaultDecision } from '../../../engine/db/error-handlers.ts';
import { backoff, createRecovery } from '../../../engine/db/recovery.ts';
import { FAULT_KINDS, recoveryTable, STRATEGIES, triesAgain } from '../../../engine/db/recovery-table.ts';
import { errnos, ownCodes, sqlstateClasses, sqlstates } from '../../../engine/db/sqlstate-table.ts';

const coded = (code: string) => Object.assign(new Error('in some language'), { code });
const own = (code: string) => new MigrationError({ code, message: 'm', hint: 'h' });
const decide = (error: unknown, handlers: readonly ErrorHandler[] = [], attempt = 1, entity = 'orders') => {
  const told: string[] = [];
  const recovery = createRecovery({
    maxAttempts: 6,
    handlers,
    random: () => 0,
    told: (problem) => told.push(problem),
  });
  return { ...recovery.decide(error, { attempt, entity }), told };
};

test.each([
  ['08006', 'connection-lost', 'reconnect', 'ask-server'],
  ['40P01', 'deadlock', 'retry', 'fail-entity'],
  ['55P03', 'lock-wait', 'retry', 'fail-entity'],
  ['57014', 'timeout', 'smaller-batch', 'ask-server'],
  ['53200', 'out-of-resources', 'smaller-batch', 'ask-server'],
  ['53100', 'disk-full', 'stop', 'stop'],
  ['25006', 'read-only-server', 'stop', 'stop'],
  ['3D000', 'server-gone', 'stop', 'stop'],
  ['42703', 'schema-incompatible', 'fail-entity', 'fail-entity'],
  ['42501', 'permission-missing', 'fail-entity', 'ask-server'],
  ['23505', 'duplicate-key', 'repair', 'set-aside'],
  ['23503', 'missing-parent', 'repair', 'set-aside'],
  ['22001', 'wrong-length-or-type', 'repair', 'set-aside'],
  ['23514', 'rule-of-target', 'set-aside', 'set-aside'],
  ['P0001', 'refused-by-code', 'set-aside', 'set-aside'],
  ['ECONNREFUSED', 'server-away', 'reconnect', 'stop'],
  ['ECONNRESET', 'connection-lost', 'reconnect', 'ask-server'],
])('%s is %s: %s, then %s', (code, kind, strategy, afterwards) => {
  expect(decide(coded(code))).toMatchObject({ kind, strategy, afterwards });
});

test.each([
  ['CODE_STOPPED', 'code-broken', 'fail-entity'],
  ['SOURCE_DRIFT', 'drift', 'fail-entity'],
  ['RUN_LOCK_LOST', 'lock-lost', 'stop'],
  ['LEDGER_MISMATCH', 'ledger-wrong', 'stop'],
  ['POOL_CLOSED', 'pool-closed', 'reconnect'],
  ['NEVER_HEARD_OF', 'unknown', 'fail-entity'],
])('%s is %s: %s', (code, kind, strategy) => {
  expect(decide(own(code))).toMatchObject({ kind, strategy });
});

test('every kind is a code’s or a row’s, and every strategy is some kind’s', () => {
  const named = [sqlstates, sqlstateClasses, errnos].flatMap((table) =>
    Object.values(table).map(([kind]) => kind),
  );
  const used = new Set([...named, ...Object.values(ownCodes), 'aborted', 'malformed-email']);
  expect(FAULT_KINDS.filter((kind) => !used.has(kind))).toEqual([]);
  expect(new Set(Object.values(recoveryTable).map(({ strategy }) => strategy))).toEqual(new Set(STRATEGIES));
});

test('only what is tried again waits, and rows never stop a run', () => {
  for (const kind of FAULT_KINDS) {
    const { strategy, backoff: waits, severity, afterwards } = recoveryTable[kind];
    expect([kind, waits !== null]).toEqual([kind, triesAgain(strategy)]);
    if (severity === 'minor') expect([kind, afterwards]).toEqual([kind, 'set-aside']);
  }
});

test('attempts end', () => {
  expect(decide(coded('40P01'), [], 5).again).toBe(true);
  expect(decide(coded('40P01'), [], 6)).toMatchObject({ again: false, waitMilliseconds: 0 });
});

test('the wait lies between half the step and the step, and never above the longest', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.constantFrom(...FAULT_KINDS.flatMap((kind) => recoveryTable[kind].backoff ?? [])),
      (attempt, random, rule) => {
        const step = Math.min(rule.longest, rule.first * rule.factor ** (attempt - 1));
        const wait = backoff(rule, attempt, () => random);
        expect(wait).toBeGreaterThanOrEqual(Math.floor(step / 2));
        expect(wait).toBeLessThanOrEqual(step);
      },
    ),
  );
});

test('a handler decides by kind, code, class and entity; the first that fits wins', () => {
  const stop: FaultDecision = { strategy: 'stop' };
  const patient: FaultDecision = { strategy: 'reconnect', attempts: 50, waitMilliseconds: 7 };
  const full = decide(coded('53100'), [{ match: { code: '53100' }, decide: patient }], 49);
  expect(full).toMatchObject({
    strategy: 'reconnect',
    again: true,
    waitMilliseconds: 7,
    freshConnection: true,
  });
  expect(decide(coded('40P01'), [{ match: { code: '40' }, decide: stop }])).toMatchObject({
    again: false,
    afterwards: 'stop',
  });
  expect(decide(coded('40P01'), [{ match: { entity: 'others' }, decide: stop }]).strategy).toBe('retry');
  expect(decide(coded('40P01'), [{ match: { kind: 'timeout' }, decide: stop }]).strategy).toBe('retry');
  const silent: ErrorHandler = { match: {}, decide: () => undefined };
  const second: ErrorHandler = { match: { severity: 'major' }, decide: patient };
  expect(decide(coded('40P01'), [silent, second, { match: {}, decide: stop }]).strategy).toBe('reconnect');
  const seen: unknown[] = [];
  decide(coded('42703'), [{ match: {}, decide: (fault) => void seen.push(fault) }], 2);
  expect(seen).toEqual([
    { kind: 'schema-incompatible', code: '42703', severity: 'critical', entity: 'orders', attempt: 2 },
  ]);
});

test('a handler that fails is told of, and the table decides', () => {
  const failing: ErrorHandler = {
    match: {},
    decide: () => {
      throw new Error('bug');
    },
  };
  expect(decide(coded('40P01'), [failing])).toMatchObject({ strategy: 'retry', told: ['handler.failed'] });
});

/** The invariant: whatever handlers say, a row is moved, set aside, or waits where it is. */
test('no handler can lose a row or go on where going on does damage', () => {
  const codes = [...Object.keys(sqlstates), ...Object.keys(errnos), '22P02', '23502', '42P01'];
  fc.assert(
    fc.property(
      fc.constantFrom(...codes.map(coded), ...Object.keys(ownCodes).map(own)),
      fc.constantFrom(...STRATEGIES),
      fc.integer(),
      fc.double(),
      (error, strategy, attempts, waitMilliseconds) => {
        const table = decide(error);
        const decided = decide(error, [{ match: {}, decide: { strategy, attempts, waitMilliseconds } }]);
        const isRow = recoveryTable[table.kind].severity === 'minor';
        if (isRow) expect(['set-aside', 'repair', 'stop', 'fail-entity']).toContain(decided.strategy);
        else expect(['set-aside', 'repair']).not.toContain(decided.strategy);
        if (recoveryTable[table.kind].fixed) expect(decided.strategy).toBe('stop');
        expect(decided.waitMilliseconds).toBeLessThanOrEqual(300_000);
        expect(decide(error, [{ match: {}, decide: { strategy, attempts } }], 100).again).toBe(false);
      },
    ),
  );
});
