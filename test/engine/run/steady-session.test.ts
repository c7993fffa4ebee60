import { expect, test } from 'vitest';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase } from '../../../engine/db/database.ts';
import { classify } from '../../../engine/db/sqlstate.ts';
import { openSteadySession } from '../../../engine/run/steady-session.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const empty = useTestDatabase();

test('given up by one, it is a lost connection for the others, which is tried again', async () => {
  const database = createDatabase(empty.connection, 'target', { log: createSilentLog() });
  try {
    const steady = await openSteadySession(() => database.session(), { inTurn: true });
    await steady.giveUp(await steady.ready());
    const error = await steady.query('select 1').catch((thrown: unknown) => thrown);
    expect(classify(error)).toMatchObject({ retryable: true, severity: 'major' });
    const said = Object.assign(new Error('no'), { code: '23505' });
    expect(steady.explain(said), 'what says something itself stays').toBe(said);
    expect(classify(steady.explain(new Error('ended')))).toMatchObject({ retryable: true });
  } finally {
    await database.end();
  }
});
