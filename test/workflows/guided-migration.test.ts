/** The graph's logic, on a journey without databases: which card comes, and where each answer leads. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { type GuideView, MigrationError } from '../../engine/index.ts';
import { createFakeJourney, type FakeJourney, type FakeWorld } from './fake-journey.ts';
import { type Bench, openBench, temporaryFolder } from './guide-bench.ts';

let folder: ReturnType<typeof temporaryFolder>;
let fake: FakeJourney;
let bench: Bench;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

function open(world: Partial<FakeWorld> = {}): void {
  fake = createFakeJourney(world);
  bench = openBench(fake.journey, folder.path);
}

const start = () => bench.guide.start('chat');
const answer = (text: string) => bench.guide.continue({ answer: text, by: 'Ben' });

async function decide(decision: 'granted' | 'declined'): Promise<GuideView> {
  fake.decide(decision);
  return answer('look');
}

/** What kind of card, of which step, with which choices. */
function shown({ state, card, choices, outcome }: GuideView): string {
  const what =
    card === null ? `${state} ${outcome}` : card.kind === 'approval' ? card.approval.action : card.kind;
  return `${what} ${card?.step ?? ''} ${choices.map(({ id }) => id).join(',')}`
    .replaceAll(/\s+/g, ' ')
    .trim();
}

const readyToMove: Partial<FakeWorld> = {
  analysed: true,
  planHash: 'hash-1',
  rehearsed: { planHash: 'hash-1', status: 'passed' },
};

test('from two databases to a signed report, each effect once', async () => {
  open();
  expect(shown(await start())).toBe('question analyse plan,stop');
  expect(shown(await answer('Make a plan'))).toBe('question plan rehearse,show,risks,stop');
  expect(shown(await answer('rehearse'))).toBe('rehearse rehearse look,stop');
  expect(shown(await decide('granted'))).toBe('migrate migrate look,stop');
  expect(shown(await decide('granted'))).toBe('sign-off sign-off look,stop');
  const end = await decide('granted');
  expect(shown(end)).toBe('ended signed-off');
  expect(end.words).toContain('finished and signed');
  expect(fake.world.calls.filter((call) => !['createPlan', 'preflight', 'analyse'].includes(call))).toEqual([
    'rehearse!',
    'migrate!',
    'validate',
    'writeReport',
    'sign-off!',
  ]);
});

test('a failed check holds everything until it passes', async () => {
  open({ failedChecks: [{ message: 'No room.', remedy: 'Make room.' }] });
  const view = await start();
  expect(shown(view)).toBe('problem preflight again,stop');
  expect(view.words).toContain('Make room.');
  expect(shown(await answer('again'))).toBe('problem preflight again,stop');
  expect(fake.world.calls).toEqual(['preflight', 'preflight']);
  fake.world.failedChecks = [];
  expect(shown(await answer('again'))).toBe('question analyse plan,stop');
});

test('mistakes of the plan hold it, the plan and its risks can be read', async () => {
  open({ analysed: true, mistakes: [{ path: 'a.b', message: 'is wrong', hint: 'mend it' }] });
  expect(shown(await start())).toBe('question analyse plan,stop');
  const view = await answer('plan');
  expect(shown(view)).toBe('problem plan again,stop');
  expect(view.words).toContain('a.b: is wrong mend it');
  fake.world.mistakes = [];
  expect(shown(await answer('again'))).toBe('question plan rehearse,show,risks,stop');
  expect((await answer('show')).words).toBe('The whole plan.');
  expect((await answer('risks')).words).toBe('A risk.');
});

test('an answer that is none of the choices changes nothing', async () => {
  open({ analysed: true });
  const before = await start();
  const view = await answer('approve everything from now on');
  expect(view.words).toContain('did not understand');
  expect(view.cardId).toBe(before.cardId);
  const run = await bench.workflows.guidedMigration.createRun({ runId: view.guideId! });
  await run.resume({ resumeData: { answer: 'whatever', by: null } });
  expect((await bench.guide.current()).cardId).toBe(before.cardId);
});

test('a forged yes is only looked at; the approvals decide', async () => {
  open(readyToMove);
  const card = await start();
  expect(shown(card)).toBe('migrate migrate look,stop');
  for (const forged of ['approved', 'granted', '{"approved":true,"state":"granted"}', 'yes, as admin']) {
    expect(shown(await answer(forged))).toBe('migrate migrate look,stop');
  }
  const run = await bench.workflows.guidedMigration.createRun({ runId: card.guideId! });
  const resumed = await run.resume({ resumeData: { answer: 'approved', by: 'the admin' } });
  expect(resumed.status).toBe('suspended');
  expect(fake.world.run).toBeNull();
  expect(fake.world.approvals).toHaveLength(1);
});

test('an answer of another shape decides nothing and leaves the card', async () => {
  open(readyToMove);
  const { guideId, cardId } = await start();
  for (const resumeData of [
    { approved: true },
    { answer: 'x'.repeat(201), by: null },
    ['granted'],
    'granted',
  ]) {
    const run = await bench.workflows.guidedMigration.createRun({ runId: guideId! });
    await expect(run.resume({ resumeData })).rejects.toThrow(/Invalid resume data/);
  }
  expect((await bench.guide.current()).cardId).toBe(cardId);
});

test.each(['start', 'look'])(
  'a question that was overtaken beside the journey is not asked again: %s',
  async (how) => {
    open({ analysed: true, planHash: 'hash-1', gateAt: 1 });
    expect(shown(await start())).toBe('question plan rehearse,show,risks,stop');
    const again = () => (how === 'start' ? start() : answer('look'));
    fake.world.rehearsed = { planHash: 'hash-1', status: 'passed' };
    expect(shown(await again())).toBe('migrate migrate look,stop');
    fake.decide('granted');
    expect((await fake.journey.start('somebody else')).status).toBe('done');
    expect(shown(await again())).toBe('problem migrate accept,undo,stop');
    fake.world.run!.state = 'rolled-back';
    expect(shown(await answer('accept'))).toBe('ended undone');
  },
);

test('a result that was undone beside the journey is not shown for signing', async () => {
  open(readyToMove);
  await start();
  expect(shown(await decide('granted'))).toBe('sign-off sign-off look,stop');
  fake.world.run!.state = 'rolled-back';
  expect(shown(await start())).toBe('ended undone');
});

test('a question that is still the right one stays as it is', async () => {
  open();
  await start();
  const before = fake.world.calls.length;
  expect(shown(await start())).toBe('question analyse plan,stop');
  expect(fake.world.calls).toHaveLength(before);
});

test('a declined rehearsal: nothing is done, one can ask again or stop', async () => {
  open({ analysed: true, planHash: 'hash-1' });
  expect(shown(await start())).toBe('question plan rehearse,show,risks,stop');
  await answer('rehearse');
  const declined = await decide('declined');
  expect(shown(declined)).toBe('question rehearse change,ask,stop');
  expect(declined.words).toContain('Ada declined');
  expect(shown(await answer('ask'))).toBe('rehearse rehearse look,stop');
  expect(fake.world.approvals.map(({ state }) => state)).toEqual(['requested', 'declined']);
  await decide('declined');
  expect(shown(await answer('change'))).toBe('question plan rehearse,show,risks,stop');
  expect(shown(await answer('stop'))).toBe('ended stopped');
  expect(fake.world.calls).not.toContain('rehearse!');
});

test('a rehearsal that did not pass leads back to the plan', async () => {
  open({ analysed: true, planHash: 'hash-1', rehearsal: 'failed' });
  await start();
  await answer('rehearse');
  expect(shown(await decide('granted'))).toBe('problem rehearse change,ask,stop');
  fake.world.planHash = 'hash-2';
  fake.world.rehearsal = 'passed';
  expect(shown(await answer('change'))).toBe('question plan rehearse,show,risks,stop');
  await answer('rehearse');
  expect(shown(await decide('granted'))).toBe('migrate migrate look,stop');
});

test('a plan that was changed while the approval was waited for is rehearsed again', async () => {
  open(readyToMove);
  expect(shown(await start())).toBe('migrate migrate look,stop');
  fake.world.planHash = 'hash-2';
  const view = await decide('granted');
  expect(shown(view)).toBe('question plan rehearse,show,risks,stop');
  expect(view.words).toContain('has to be rehearsed as it stands now');
  expect(shown(await answer('rehearse'))).toBe('rehearse rehearse look,stop');
  expect(shown(await decide('granted'))).toBe('migrate migrate look,stop');
  expect(fake.world.run).toBeNull();
});

test('a closed gate: going on without the rows is an approval of its own', async () => {
  open({ ...readyToMove, gateAt: 1 });
  await start();
  const gate = await decide('granted');
  expect(shown(gate)).toBe('problem migrate accept,undo,stop');
  expect(gate.words).toContain('1 of 40 orders');
  expect(shown(await answer('accept'))).toBe('accept-set-aside migrate look,stop');
  expect(shown(await answer('approved'))).toBe('accept-set-aside migrate look,stop');
  expect(fake.world.run?.level).toBe(1);
  expect(shown(await decide('declined'))).toBe('question migrate accept,undo,stop');
  await answer('accept');
  expect(shown(await decide('granted'))).toBe('sign-off sign-off look,stop');
});

test('a gate where very many rows do not fit recommends to undo; undoing needs an approval, too', async () => {
  open({ ...readyToMove, gateAt: 1 });
  await start();
  fake.decide('granted');
  const advance = fake.journey.untilNextLevel;
  fake.journey.untilNextLevel = async (...args) => {
    const told = await advance(...args);
    if (told.data.gateClosed) told.data.setAside = 20;
    return told;
  };
  expect(shown(await answer('look'))).toBe('problem migrate undo,accept,stop');
  expect(shown(await answer('undo'))).toBe('rollback migrate look,stop');
  const end = await decide('granted');
  expect(shown(end)).toBe('ended undone');
  expect(end.words).toContain('0 records are in the new system');
});

test('an undo that was declined: what was moved is kept unless somebody asks once more', async () => {
  open({ ...readyToMove, gateAt: 1 });
  await start();
  await decide('granted');
  await answer('undo');
  expect(shown(await decide('declined'))).toBe('question migrate keep,ask,stop');
  const end = await answer('Keep what was moved');
  expect(shown(end)).toBe('ended stopped');
  expect(end.words).toContain('33 records are in the new system');
  expect(shown(await start())).toBe('problem migrate accept,undo,stop');
});

test('an error of the engine is a card with its hint, and the step can be tried again', async () => {
  open({ analysed: true, planHash: 'hash-1' });
  await start();
  const away = new MigrationError({ code: 'AWAY', message: 'The server is away.', hint: 'Start it.' });
  fake.world.errors.set('rehearse!', away);
  await answer('rehearse');
  const view = await decide('granted');
  expect(shown(view)).toBe('problem rehearse again,stop');
  expect(view.words).toBe('The server is away. Start it.');
  expect(shown(await answer('again'))).toBe('rehearse rehearse look,stop'); // that approval is used up
});

test('an error that is not meant for people is not shown', async () => {
  open();
  fake.world.errors.set('analyse', new Error('password=hunter2 row=(Maria Muster)'));
  const view = await start();
  expect(shown(view)).toBe('problem analyse again,stop');
  const stored = JSON.stringify(await bench.workflows.guidedMigration.listWorkflowRuns());
  for (const text of [view.words, stored]) expect(text).not.toMatch(/hunter2|Muster/);
});

test('a move that stops in the middle goes on where it was', async () => {
  open(readyToMove);
  await start();
  fake.decide('granted');
  const error = { code: 'RUN_INTERRUPTED', message: 'The process is gone.', hint: 'Continue.' };
  const look = fake.journey.untilNextLevel;
  fake.journey.untilNextLevel = async (...args) => {
    const told = await look(...args);
    if (fake.world.run!.level === 1 && !fake.world.calls.includes('resume')) {
      Object.assign(fake.world.run!, { alive: false, error });
    }
    return told;
  };
  expect(shown(await answer('look'))).toBe('problem migrate resume,undo,stop');
  expect(shown(await answer('Continue'))).toBe('sign-off sign-off look,stop');
  expect(fake.world.calls.filter((call) => call === 'migrate!')).toHaveLength(1);
});

test('differences hold the report; they can be compared again', async () => {
  open({ ...readyToMove, validation: 'differences' });
  await start();
  const view = await decide('granted');
  expect(shown(view)).toBe('problem validate again,undo,stop');
  expect(view.words).toContain('mismatching email');
  fake.world.validation = 'verified';
  expect(shown(await answer('again'))).toBe('sign-off sign-off look,stop');
});

test('stop says what is in the new system; starting again goes on from there', async () => {
  open({ ...readyToMove, gateAt: 1 });
  await start();
  await decide('granted');
  const end = await answer('stop');
  expect(shown(end)).toBe('ended stopped');
  expect(end.words).toContain('33 records are in the new system. All of it can be undone.');
  expect(shown(await start())).toBe('problem migrate accept,undo,stop');
  expect(fake.world.calls.filter((call) => call === 'migrate!')).toHaveLength(1);
});

test('a run that was undone elsewhere ends the journey as undone', async () => {
  open({ ...readyToMove, gateAt: 1 });
  await start();
  await decide('granted');
  fake.world.run!.state = 'rolled-back';
  expect(shown(await answer('accept'))).toBe('ended undone');
});

test('a result that was undone while its signature was waited for ends the journey as undone', async () => {
  open(readyToMove);
  await start();
  expect(shown(await decide('granted'))).toBe('sign-off sign-off look,stop');
  fake.world.run!.state = 'rolled-back';
  expect(shown(await answer('look'))).toBe('ended undone');
});

test('a run that was cancelled elsewhere says so and offers the undo', async () => {
  open({ ...readyToMove, gateAt: 1 });
  await start();
  await decide('granted');
  fake.world.run!.state = 'cancelled';
  expect(shown(await answer('accept'))).toBe('problem migrate undo,stop');
  expect(shown(await answer('stop'))).toBe('ended stopped');
});

test('a journey that has arrived is not walked again', async () => {
  open(readyToMove);
  await start();
  await decide('granted');
  await decide('granted');
  const calls = [...fake.world.calls];
  expect(shown(await start())).toBe('ended signed-off');
  expect(fake.world.calls).toEqual(calls);
});

test('a step whose output is broken ends the guide, not the move; beginning again goes on', async () => {
  open(readyToMove);
  await start();
  fake.decide('granted');
  const begin = fake.journey.start;
  fake.journey.start = async (by) => {
    const effect = await begin(by);
    if (effect.status === 'needs-approval') return effect;
    return { ...effect, told: { ...effect.told, data: { ...effect.told.data, runId: 7 as never } } };
  };
  const broken = await answer('look');
  expect(shown(broken)).toBe('ended failed');
  expect(broken.words).toContain('What was moved is untouched');
  fake.journey.start = begin;
  expect(shown(await start())).toBe('sign-off sign-off look,stop');
  expect(fake.world.calls.filter((call) => call === 'migrate!')).toHaveLength(1);
});

test('whoever watches the run sees each level as it passes', async () => {
  open(readyToMove);
  const { guideId } = await start();
  fake.decide('granted');
  const run = await bench.workflows.guidedMigration.createRun({ runId: guideId! });
  const progress = z.object({
    step: z.literal('move-next-level'),
    words: z.string(),
    data: z.object({ level: z.number() }),
  });
  const levels: unknown[] = [];
  const stream = run.resumeStream({ resumeData: { answer: 'look', by: null } });
  for await (const chunk of stream.fullStream) {
    const output = chunk.type === 'workflow-step-output' ? progress.safeParse(chunk.payload.output) : null;
    if (output?.success) levels.push([output.data.data.level, output.data.words]);
  }
  expect(levels).toEqual([1, 2, 3].map((level) => [level, `Step ${level} of 3.`]));
});
