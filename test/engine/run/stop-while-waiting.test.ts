/** Whoever asks a run to stop does not wait for the end of a pause between two attempts. */
import { expect, test } from 'vitest';
import { type Branches, openBranches, SIZES } from './two-branches.ts';

const STATES = { 'Ctrl-C': 'interrupt', pause: 'pause' } as const;
/** As long as a handler may ask for: longer than any test takes. */
const LONG = { strategy: 'retry', attempts: 9, waitMilliseconds: 300_000 } as const;

function deadlock(): never {
  throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
}

/** Ends the session that plans batches. */
async function loseSource({ source }: Branches): Promise<void> {
  await source.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'towpath/plan'`,
  );
}

test.for([
  ['Ctrl-C', 'batch', 'batch.rows-copied', 2],
  ['pause', 'batch', 'batch.rows-copied', 2],
  ['Ctrl-C', 'finish', 'index.built', 2],
  ['Ctrl-C', 'plan', 'batch.after-commit', 3],
] as const)(
  '%s while a %s waits for another attempt',
  { timeout: 60_000 },
  async ([how, step, point, hit]) => {
    const office = await openBranches({ errorHandlers: [{ match: {}, decide: LONG }], patient: true });
    office.at(point, hit, () => (step === 'plan' ? loseSource(office) : deadlock()));
    const stop = new AbortController();
    office.engine.events.subscribe((event) => {
      if (event.type !== 'recovery.attempted' || event.step !== step) return;
      if (STATES[how] === 'pause') void office.engine.requestPause(event.runId!);
      else stop.abort();
    });
    const stopped = await office.migrate({ signal: stop.signal });
    expect(stopped).toMatchObject({ state: 'paused' });
    expect(office.of('recovery.gave-up')).toEqual([]);
    expect(Object.values(office.states(stopped))).not.toContain('failed');
    // what failed has left its row, though nobody knows yet how it ends
    const found = await office.target.query(
      `select step, outcome from towpath.migration_errors where run_id = $1`,
      [stopped.runId],
    );
    expect(found).toEqual([{ step, outcome: null }]);
    const sessions = `select from pg_stat_activity where datname = current_database() and application_name = 'towpath/batch'`;
    await expect.poll(async () => (await office.source.query(sessions)).length).toBe(0);
    expect(await office.resume(stopped.runId)).toMatchObject({ state: 'completed' });
    expect(await office.rows()).toEqual(SIZES);
  },
);
