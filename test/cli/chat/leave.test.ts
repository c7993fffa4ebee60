/** Leaving: what goes on is told, what ends with us comes to a rest first, and the code says what waits. */
import { expect, test } from 'vitest';
import { greet } from '../../../cli/chat/greet.ts';
import { leaveChat } from '../../../cli/chat/leave.ts';
import { createContext } from '../../../cli/context.ts';
import { createFakeGuide, type FakeGuide, fakeCard, fakeView } from '../agents/fake-guide.ts';
import { fakeStatus } from '../fake-engine.ts';
import { atTerminal } from './at-terminal.ts';

function leave(fake: FakeGuide, { isTTY = false, endsWithUs = false } = {}) {
  const terminal = atTerminal({ isTTY });
  const context = createContext(terminal.world, {});
  return leaveChat(context, { ...fake.hand, endsWithUs }).then((leaving) => ({
    ...leaving,
    screen: terminal.screen(),
  }));
}

test('a move with databases of its own goes on', async () => {
  const fake = createFakeGuide();
  fake.run = fakeStatus({ state: 'copying', alive: true });
  fake.view = fakeView({ state: 'working' });
  const { screen, atWork } = await leave(fake);
  expect(screen).toContain('The move goes on without this window; “towpath watch r1” follows it.');
  expect(screen).toContain('“towpath chat” goes on from here.');
  expect(fake.run).toMatchObject({ state: 'copying', alive: true });
  expect(atWork).toBe(true);
});

test('a move of the sample is paused first', async () => {
  const fake = createFakeGuide();
  fake.run = fakeStatus({ state: 'copying', alive: true });
  const { screen, atWork } = await leave(fake, { endsWithUs: true });
  expect(screen).toContain('comes to a rest first');
  expect(screen).toContain('towpath chat --sample');
  expect(fake.run).toMatchObject({ state: 'paused', alive: false });
  expect(atWork).toBe(false);
});

test.each([
  ['nothing', {}, 0],
  ['an approval', { cards: [fakeCard()] }, 4],
  [
    'a closed gate',
    { run: fakeStatus({ state: 'failed', error: { code: 'GATE_CLOSED', message: 'x', hint: 'y' } }) },
    3,
  ],
  [
    'a failed run',
    { run: fakeStatus({ state: 'failed', error: { code: 'DISK_FULL', message: 'x', hint: 'y' } }) },
    1,
  ],
])('through a pipe the code tells that %s waits', async (_what, state, code) => {
  const fake = Object.assign(createFakeGuide(), state);
  expect((await leave(fake)).code).toBe(code);
});

test('at a terminal leaving is no failure', async () => {
  const fake = createFakeGuide();
  fake.cards = [fakeCard()];
  expect((await leave(fake, { isTTY: true })).code).toBe(0);
});

test('the header says who speaks, what is connected, and what was said last', async () => {
  const fake = createFakeGuide({ last: { person: 'hello', guide: 'Shall I look?' } });
  const terminal = atTerminal({ isTTY: false });
  const context = createContext(terminal.world, {});
  await greet(context, fake.hand, fake.conversation, { rows: 92_198 });
  for (const words of [
    'offline guide (no AI model); nothing leaves this machine',
    'legacy on this machine, only read, sample data: 92,198 records',
    'supabase on this machine',
    'you    hello',
    'guide  Shall I look?',
  ]) {
    expect(terminal.screen()).toContain(words);
  }
  const online = atTerminal({ isTTY: false });
  const voice = { name: 'm\u001b[1m at models.example.org', offline: false };
  await greet(createContext(online.world, {}), { ...fake.hand, voice }, createFakeGuide().conversation, null);
  expect(online.screen()).toContain(
    'm·[1m at models.example.org; what you type, names, statistics and masked samples are sent to it',
  );
  expect(online.screen()).toContain('Say “hello” to begin.');
});
