/** One guided migration at a time, found from any process, worked on by one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { GuideView } from '../../engine/index.ts';
import { createFakeJourney, type FakeWorld } from './fake-journey.ts';
import { openBench, temporaryFolder } from './guide-bench.ts';

let folder: ReturnType<typeof temporaryFolder>;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child);
  folder.remove();
});

const analysed: Partial<FakeWorld> = { analysed: true, planHash: 'hash-1' };
const readyToMove: Partial<FakeWorld> = {
  ...analysed,
  rehearsed: { planHash: 'hash-1', status: 'passed' },
};

const program = fileURLToPath(new URL('./guide-process.ts', import.meta.url));

interface Child {
  readonly process: ChildProcess;
  line(): Promise<string>;
}

function startChild(world: Partial<FakeWorld>, hang: string, ...words: string[]): Child {
  const child = spawn(process.execPath, [program, folder.path, JSON.stringify(world), hang, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  return { process: child, line: async () => String((await lines.next()).value) };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const here = (world: Partial<FakeWorld>) => {
  const fake = createFakeJourney(world);
  return { ...fake, ...openBench(fake.journey, folder.path) };
};

const kindOf = ({ state, card }: GuideView) =>
  `${state} ${card?.kind === 'approval' ? card.approval.action : card?.step}`;

test('there is one: a second start shows the card of the first', async () => {
  const { guide, workflows } = here({});
  expect((await guide.current()).state).toBe('not-begun');
  const [first, second] = await Promise.all([guide.start('a'), guide.start('b')]);
  expect(first).toEqual(second);
  expect((await guide.start('c')).guideId).toBe(first.guideId);
  expect((await workflows.guidedMigration.listWorkflowRuns()).total).toBe(1);
});

test('a card that waits is answered from another process after the first was killed', async () => {
  const child = startChild(analysed, '', 'start');
  const shown = JSON.parse(await child.line()) as GuideView;
  expect(kindOf(shown)).toBe('waiting plan');
  await kill(child.process);
  const { guide } = here(analysed);
  expect(await guide.current()).toEqual(shown);
  const next = await guide.continue({ answer: 'rehearse', by: 'Ben', cardId: shown.cardId });
  expect(kindOf(next)).toBe('waiting rehearse');
  expect(next.guideId).toBe(shown.guideId);
});

test('while another process works on it nobody else does; once it is killed, one goes on', async () => {
  const child = startChild(analysed, 'hang:rehearse', 'start', 'rehearse');
  await child.line();
  expect(await child.line()).toBe('in rehearse');
  const mine = here(analysed);
  expect(await mine.guide.current()).toMatchObject({ state: 'working' });
  expect(await mine.guide.start('b', { milliseconds: 500 })).toMatchObject({ state: 'working' });
  const refused = await mine.guide.continue({ answer: 'stop', by: null });
  expect(refused).toMatchObject({ state: 'working' });
  expect(refused.words).toContain('the answer was not used');
  expect(mine.world.calls).toEqual([]);

  await kill(child.process);
  expect(await mine.guide.current()).toMatchObject({ state: 'interrupted' });
  expect(mine.world.calls).toEqual([]);
  const view = await mine.guide.start('b');
  expect(kindOf(view)).toBe('waiting rehearse'); // the step that was killed, not the question before it
});

test('an interrupted one says what can be answered, and goes on by that answer too', async () => {
  const killed = startChild(analysed, 'hang:rehearse', 'start', 'rehearse');
  await killed.line();
  await killed.line();
  await kill(killed.process);
  const mine = here(analysed);
  const { state, choices } = await mine.guide.current();
  expect([state, choices]).toEqual(['interrupted', [{ id: 'go-on', label: 'Go on' }]]);
  const other = await mine.guide.continue({ answer: 'stop', by: 'b', cardId: '' });
  expect(other).toMatchObject({ state: 'interrupted', words: expect.stringMatching(/^Nothing is waiting/) });
  expect(mine.world.calls).toEqual([]);
  const view = await mine.guide.continue({ answer: 'Go on', by: 'b', cardId: '' });
  expect(kindOf(view)).toBe('waiting rehearse');
});

test('two processes that find it interrupted: the step runs once', async () => {
  const killed = startChild(analysed, 'hang:rehearse', 'start', 'rehearse');
  await killed.line();
  await killed.line();
  await kill(killed.process);
  const rivals = [1, 2].map(() => startChild(analysed, 'hang:rehearse', 'start'));
  const said = rivals.map((rival) => rival.line());
  expect(await Promise.race(said)).toBe('in rehearse');
  await sleep(2500); // the other one has long started and waits
  const { guide } = here(analysed);
  expect(await guide.current()).toMatchObject({ state: 'working' });
  const both = Promise.all(said).then(() => 'both worked');
  expect(await Promise.race([both, sleep(1000, 'one worked')])).toBe('one worked');
});

test('a step that another process runs by Mastra itself waits for the lease and finds the work done', async () => {
  const child = startChild(analysed, 'hang:rehearse', 'start', 'rehearse');
  const { guideId } = JSON.parse(await child.line()) as GuideView;
  await child.line();
  const mine = here(readyToMove); // by then the rehearsal is in the books
  const run = await mine.workflows.guidedMigration.createRun({ runId: guideId! });
  const restarted = run.restart();
  expect(await Promise.race([restarted, sleep(1000, 'waits')])).toBe('waits');
  expect(mine.world.calls).toEqual([]);
  await kill(child.process);
  expect(await restarted).toMatchObject({ status: 'suspended' });
  expect(kindOf(await mine.guide.current())).toBe('waiting migrate');
  expect(mine.world.calls).toEqual([]);
});

test('two processes answer at once: one counts, the other is told', async () => {
  const { guide } = here(analysed);
  const { cardId } = await guide.start('a');
  const rivals = [1, 2].map(() => startChild(analysed, '', `rehearse@${cardId}`));
  const views = await Promise.all(rivals.map(async (rival) => JSON.parse(await rival.line()) as GuideView));
  const told = views.filter(({ words }) => /not used|earlier question|Nothing is waiting/.test(words));
  expect(told).toHaveLength(1);
  expect(kindOf(await guide.current())).toBe('waiting rehearse');
});

test('two resumes at once past the guide: Mastra takes one, the step has worked once', async () => {
  const mine = here(readyToMove);
  const { guideId } = await mine.guide.start('a');
  mine.decide('granted');
  const resume = async () => {
    const run = await mine.workflows.guidedMigration.createRun({ runId: guideId! });
    return (await run.resume({ resumeData: { answer: 'look', by: null } })).status;
  };
  const results = await Promise.allSettled([resume(), resume()]);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(mine.world.calls.filter((call) => call === 'migrate!')).toHaveLength(1);
});

test('a late answer does not count for the next card', async () => {
  const { guide } = here(analysed);
  const first = await guide.start('a');
  const second = await guide.continue({ answer: 'rehearse', by: 'a', cardId: first.cardId });
  const late = await guide.continue({ answer: 'stop', by: 'a', cardId: first.cardId });
  expect(late.words).toContain('belongs to an earlier question');
  expect(late.cardId).toBe(second.cardId);
});

test('patience is bounded: the work goes on and is found later', async () => {
  const mine = here(readyToMove);
  await mine.guide.start('a');
  mine.decide('granted');
  const look = mine.journey.untilNextLevel;
  let released = false;
  mine.journey.untilNextLevel = async (...args) => {
    while (!released) await sleep(20);
    return look(...args);
  };
  const began = performance.now();
  const view = await mine.guide.continue({ answer: 'look', by: null }, { milliseconds: 300 });
  expect(performance.now() - began).toBeLessThan(3000);
  expect(view).toMatchObject({ state: 'working' });
  expect(view.words).toContain('0 are in'); // what the move itself says
  released = true;
  expect(kindOf(await mine.guide.start('a'))).toBe('waiting sign-off');
});

test('leaving while the move goes on stops the guide, not the move, and says so', async () => {
  const mine = here(readyToMove);
  await mine.guide.start('a');
  mine.decide('granted');
  mine.journey.untilNextLevel = async (_after, milliseconds) => {
    await sleep(Math.min(milliseconds, 100));
    return { data: mine.world.run!, words: 'Step 1 of 3.', choices: [] };
  };
  await mine.guide.continue({ answer: 'look', by: null }, { milliseconds: 300 });
  const left = await mine.guide.leave('a');
  expect(left).toMatchObject({ state: 'ended', outcome: 'stopped' });
  expect(left.words).toContain('The move itself goes on in its own process');
  expect(mine.world.run).toMatchObject({ alive: true, state: 'copying' });
  expect(mine.world.calls).not.toContain('cancel');
  mine.journey.untilNextLevel = createFakeJourney(mine.world).journey.untilNextLevel;
  mine.world.run!.state = 'completed';
  expect(kindOf(await mine.guide.start('a'))).toBe('waiting sign-off'); // a new guide finds the same move
  expect(mine.world.calls.filter((call) => call === 'migrate!')).toHaveLength(1);
});

test('what another process works on cannot be left from here', async () => {
  const child = startChild(analysed, 'hang:rehearse', 'start', 'rehearse');
  await child.line();
  await child.line();
  const { guide } = here(analysed);
  const view = await guide.leave('b');
  expect(view).toMatchObject({ state: 'working' });
  expect(view.words).toContain('has to be stopped there');
});

test('a run that Mastra left half noted, as a crash of another driver does, goes on', async () => {
  const mine = here(analysed);
  const { guideId } = await mine.guide.start('a');
  const store = await mine.mastra.getStorage()!.getStore('workflows');
  const workflowName = mine.workflows.guidedMigration.id;
  await store!.updateWorkflowState({ workflowName, runId: guideId!, opts: { status: 'running' } });
  expect((await mine.guide.current()).state).toBe('interrupted');
  expect(kindOf(await mine.guide.start('a'))).toBe('waiting plan');
  expect((await mine.guide.current()).guideId).toBe(guideId);
});

test('a run that fails when it is repeated is given up; a new one goes on from where things are', async () => {
  const killed = startChild(readyToMove, 'hang:untilNextLevel', 'start');
  const { guideId } = JSON.parse(await killed.line()) as GuideView;
  await kill(killed.process);
  const mine = here(readyToMove);
  const store = await mine.mastra.getStorage()!.getStore('workflows');
  const workflowName = mine.workflows.guidedMigration.id;
  const snapshot = await store!.loadWorkflowSnapshot({ workflowName, runId: guideId! });
  await store!.persistWorkflowSnapshot({
    workflowName,
    runId: guideId!,
    snapshot: { ...snapshot!, status: 'running', context: { input: { by: 7 } } as never, activePaths: [0] },
  });
  const view = await mine.guide.start('a');
  expect(kindOf(view)).toBe('waiting migrate');
  expect(view.guideId).not.toBe(guideId);
});
