import { expect, test } from 'vitest';
import { newestMove } from '../../../engine/run/moves.ts';
import { useControl } from '../control/control-database.ts';

const fixture = useControl();

test('while a rehearsal is under way the newest move is the one before it', async () => {
  const { control } = fixture;
  const begun = (runId: string, migration: string) =>
    control.runs.create({ runId, migration, planHash: 'a'.repeat(64) });
  expect(await newestMove(control)).toBeNull();
  await begun('r-1', 'towpath_rehearsal_0a1b2c3d');
  expect(await newestMove(control)).toBeNull();
  await begun('m-1', 'clinic');
  expect(await newestMove(control)).toMatchObject({ runId: 'm-1' });
  await begun('r-2', 'towpath_rehearsal_0a1b2c3d');
  expect(await control.runs.latest()).toMatchObject({ runId: 'r-2' });
  expect(await newestMove(control)).toMatchObject({ runId: 'm-1' });
});
