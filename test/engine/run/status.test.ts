/** How a run stands is read in several looks; what happens between two of them must not make it look as if its process had died. */
import { expect, test } from 'vitest';
import type { RunState } from '../../../engine/control/run-states.ts';
import { readRunStatus } from '../../../engine/run/status.ts';
import { useControl } from '../control/control-database.ts';

const fixture = useControl();

async function runIn(...states: readonly RunState[]): Promise<string> {
  const runId = await fixture.run();
  for (const state of states) await fixture.control.runs.move(runId, state);
  return runId;
}

test.each([
  [['planned', 'approved', 'copying', 'copied', 'validating'], 'completed'],
  [['planned', 'approved', 'copying'], 'paused'],
  [['planned', 'approved', 'copying', 'rolling-back'], 'rolled-back'],
] as const)('%s, and %s before anybody looked who holds the lock', async (states, end) => {
  const { control } = fixture;
  const runId = await runIn(...states);
  const seen = await control.runs.get(runId);
  const ended = control.runs.move(runId, end).then(() => null);
  await ended;
  expect(await readRunStatus(control, seen, ended)).toMatchObject({ state: end, alive: false });
});

test('one whose process died stands where it stood', async () => {
  const runId = await runIn('planned', 'approved', 'copying');
  const status = await readRunStatus(fixture.control, await fixture.control.runs.get(runId));
  expect(status).toMatchObject({ state: 'copying', alive: false });
});
