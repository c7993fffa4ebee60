/** Whatever changes something leaves an entry: every move of a run, and every step of every kind of approval. */
import { expect, test } from 'vitest';
import { approvalActions } from '../../../engine/contract/approvals.ts';
import { RUN_STATES, type RunState, statesBefore } from '../../../engine/control/run-states.ts';
import { useControl } from './control-database.ts';

const fixture = useControl();

async function entriesOf(runId: string): Promise<{ action: string; from: string | null }[]> {
  return fixture.target.query(
    `select action, details ->> 'from' as from from towpath.audit_log where details ->> 'runId' = $1 order by seq`,
    [runId],
  );
}

const moves = RUN_STATES.flatMap((to) => statesBefore(to).map((from): [RunState, RunState] => [from, to]));

test('every move of a run stands in the log, with where it came from', async () => {
  const { runs } = fixture.control;
  expect(moves.length).toBeGreaterThan(40);
  for (const [i, [from, to]] of moves.entries()) {
    const runId = `move-${i}`;
    await runs.create({ runId, migration: `m-${i}`, planHash: 'p', state: from });
    await runs.move(runId, to);
    expect(await entriesOf(runId)).toEqual([
      { action: `run.${from}`, from: null },
      { action: `run.${to}`, from },
    ]);
  }
});

test('a move that is refused leaves none, and neither does one whose transaction fails', async () => {
  const { runs } = fixture.control;
  const runId = await fixture.run();
  const before = await entriesOf(runId);
  await expect(runs.move(runId, 'completed')).rejects.toMatchObject({ code: 'ILLEGAL_RUN_STATE' });
  const undone = fixture.database.transaction(async (session) => {
    await runs.move(runId, 'planned', { on: session });
    throw new Error('no');
  });
  await expect(undone).rejects.toThrow('no');
  expect(await entriesOf(runId)).toEqual(before);
  expect((await runs.get(runId)).state).toBe('created');
});

test('a request to stop stands in the log, under the name of whoever asked', async () => {
  const { runs } = fixture.control;
  const runId = await fixture.run();
  await runs.request(runId, 'pause', 'Otto Operate');
  await runs.request(runId, 'cancel');
  const asked = await fixture.target.query(
    `select action, actor from towpath.audit_log where details ->> 'runId' = $1 order by seq offset 1`,
    [runId],
  );
  expect(asked).toEqual([
    { action: 'run.pause-requested', actor: 'Otto Operate' },
    { action: 'run.cancel-requested', actor: 'towpath' },
  ]);
});

test('the error that stopped a run stands there by its code, without its words', async () => {
  const { runs } = fixture.control;
  const runId = await fixture.run();
  const error = { code: 'DISK_FULL', message: 'Berg, Anna', hint: '' };
  await runs.move(runId, 'failed', {
    error: { ...error, retryable: false, severity: 'critical', details: {} },
  });
  const [entry] = await fixture.control.audit.latest(1);
  expect(entry).toMatchObject({ action: 'run.failed', details: { error: 'DISK_FULL' } });
  expect(JSON.stringify(entry)).not.toContain('Berg');
});

test('each kind of approval: asked for, granted, declined, granted at once, used', async () => {
  const { createEventPublisher } = await import('../../../engine/core/events.ts');
  const record = await import('../../../engine/run/record-approval.ts');
  const deps = {
    target: fixture.database,
    control: fixture.control,
    events: createEventPublisher(),
  };
  const consent = { by: 'Ada', reason: 'because', validSeconds: 600 };
  for (const action of approvalActions) {
    const effect = (subject: string) =>
      ({
        ...{ action, planHash: `plan of ${action}`, subject, basis: null, rows: 1, maxRows: 1 },
        ...{ sourceFingerprint: null, targetFingerprint: null, runId: null, title: `About ${action}` },
        ...{ effect: [], reversible: { answer: 'yes', how: '' }, inTarget: '', needsReason: false },
      }) as unknown as Parameters<typeof record.recordGrant>[1];
    const asked = await record.recordRequest(deps, effect('a'), 'Bob');
    await record.recordDecision(deps, asked.id, effect('a'), consent);
    const declined = await record.recordRequest(deps, effect('b'), 'Bob');
    await record.recordDecision(deps, declined.id, null, consent);
    await record.recordGrant(deps, effect('c'), consent);
    await record.recordUse(deps, {
      action,
      planHash: `plan of ${action}`,
      subject: 'c',
      rows: 1,
      runId: null,
    });
    const entries = await fixture.target.query<{ entry: string }>(
      `select actor || ' ' || action as entry from towpath.audit_log where details ->> 'action' = $1 order by seq`,
      [action],
    );
    expect([action, entries.map(({ entry }) => entry)]).toEqual([
      action,
      [
        'Bob approval.requested',
        'Ada approval.granted',
        'Bob approval.requested',
        'Ada approval.declined',
        'Ada approval.granted',
        'Ada approval.used',
      ],
    ]);
  }
  expect(await fixture.control.audit.verify()).toMatchObject({ intact: true, guarded: true });
});
