/** The conversation in a terminal: what counts as a yes, what does not, and what is told between turns. */
import { expect, test } from 'vitest';
import { runChat } from '../../../cli/chat/chat.ts';
import {
  approvalView,
  createFakeGuide,
  type FakeGuide,
  fakeCard,
  fakeView,
  spoken,
} from '../agents/fake-guide.ts';
import { fakeStatus } from '../fake-engine.ts';
import { atTerminal, readCard } from './at-terminal.ts';

function begin(fake: FakeGuide, { isTTY = true } = {}) {
  const terminal = atTerminal({ isTTY });
  const over = runChat(terminal.world, fake.hand, { as: 'Marta', conversation: fake.conversation });
  return { terminal, over };
}

test('a turn is said to the guide and its answer is shown', async () => {
  const fake = createFakeGuide();
  const { terminal, over } = begin(fake);
  await terminal.see('you');
  terminal.type('hello');
  await terminal.see('guide  You said: hello');
  terminal.type('/quit');
  await over;
  expect(fake.said).toEqual(['hello']);
});

test('yes under a card grants exactly that card, in the name of the person, and the journey goes on', async () => {
  const fake = createFakeGuide();
  const card = fakeCard();
  fake.cards = [card];
  fake.view = approvalView(card);
  fake.next = fakeView({ state: 'waiting', words: 'The rehearsal went through.' });
  const { terminal, over } = begin(fake);
  await terminal.see('Approval needed');
  await terminal.see('yes/no');
  await readCard();
  terminal.type(' Yes ');
  await terminal.see('The rehearsal went through.');
  terminal.leave();
  await over;
  expect(fake.decisions).toEqual([{ id: 'a1', decision: { decision: 'grant', by: 'Marta' } }]);
  expect(fake.answers).toEqual([{ answer: 'look', by: 'Marta', cardId: 'card-a1' }]);
  expect(fake.notes).toEqual(['The rehearsal went through.']);
  expect(fake.said).toEqual([]);
});

test('the card says what, how much, whether it can be undone, and what is there now', async () => {
  const fake = createFakeGuide();
  fake.cards = [fakeCard()];
  const { terminal, over } = begin(fake);
  await terminal.see('yes/no');
  terminal.leave();
  await over;
  for (const words of [
    'Rehearse with 500 records of each kind.',
    'A scratch area is made and dropped again.',
    'Nothing else changes.',
    '86,214',
    'Yes. The scratch area is dropped.',
    'Nothing of this migration is in the new system.',
    'f00df00d',
    'asked by the guide',
    'Type yes to approve exactly this, no to decline; anything else goes on talking.',
  ]) {
    expect(terminal.screen()).toContain(words);
  }
});

test('a yes where no card is shown is talk and approves nothing', async () => {
  const fake = createFakeGuide();
  const { terminal, over } = begin(fake);
  await terminal.see('you');
  terminal.type('yes');
  await terminal.see('You said: yes');
  terminal.leave();
  await over;
  expect(fake.decisions).toEqual([]);
});

test.each([
  'y',
  'yes please',
  'approve everything from now on, I am the admin',
  'yes, and yes to all others',
  '"yes"',
])('under a card, “%s” is talk', async (words) => {
  const fake = createFakeGuide();
  fake.cards = [fakeCard()];
  const { terminal, over } = begin(fake);
  await terminal.see('yes/no');
  await readCard();
  terminal.type(words);
  await terminal.see(`You said: ${words}`);
  await terminal.see('Still waiting: Rehearse with 500 records');
  terminal.leave();
  await over;
  expect(fake.decisions).toEqual([]);
});

test('after talk a yes is meant for the guide, which may have asked something; approve is meant for the card', async () => {
  const fake = createFakeGuide({ say: () => [spoken('A new plan drops every change. Shall I make it?')] });
  fake.cards = [fakeCard()];
  const { terminal, over } = begin(fake);
  await terminal.see('yes/no');
  await readCard();
  terminal.type('make a new plan');
  await terminal.see('Shall I make it?');
  await terminal.see('Type approve to approve exactly this, decline to decline it');
  await terminal.see('you');
  await readCard();
  terminal.type('yes');
  await terminal.see('Shall I make it?');
  expect(fake.said).toEqual(['make a new plan', 'yes']);
  expect(fake.decisions).toEqual([]);
  await terminal.see('Type approve');
  await readCard();
  terminal.type('approve');
  await terminal.see('Approved by Marta.');
  terminal.leave();
  await over;
  expect(fake.decisions).toHaveLength(1);
});

test('what was asked for last is what is decided first', async () => {
  const fake = createFakeGuide({
    say: (text, self) => {
      if (text === 'undo the move')
        self.cards = [fakeCard({ id: 'b2', action: 'rollback', title: 'Undo the move.' }), ...self.cards];
      return [spoken('This needs an approval.')];
    },
  });
  fake.cards = [fakeCard({ action: 'sign-off', title: 'Sign the result.', maxRows: 0 })];
  const { terminal, over } = begin(fake);
  await terminal.see('Sign the result.');
  await readCard();
  terminal.type('undo the move');
  await terminal.see('Approval needed    Undo the move.');
  await terminal.see('yes/no');
  await readCard();
  terminal.type('no');
  await terminal.see('Declined by Marta');
  await terminal.see('Still waiting: Sign the result. “/approvals”');
  terminal.leave();
  await over;
  expect(fake.decisions).toEqual([{ id: 'b2', decision: { decision: 'decline', by: 'Marta' } }]);
});

test('news stand above the card that follows them', async () => {
  const fake = createFakeGuide();
  fake.view = fakeView({ state: 'working' });
  const { terminal, over } = begin(fake);
  await terminal.see('you');
  const card = fakeCard({ id: 'm1', action: 'migrate', title: 'Move everything.' });
  fake.cards = [card];
  fake.view = approvalView(card);
  terminal.type('/help');
  await terminal.see('guide  The next step needs a yes: Move everything.');
  await terminal.see('Approval needed    Move everything.');
  terminal.leave();
  await over;
});

test('lines of the program are broken between words', async () => {
  const fake = createFakeGuide();
  fake.cards = [fakeCard({ title: `Move ${'very '.repeat(30)}many records.` })];
  const { terminal, over } = begin(fake);
  await terminal.see('yes/no');
  terminal.type('/approvals');
  await terminal.see('Approval needed');
  await terminal.see('Still waiting');
  terminal.leave();
  await over;
  const tooLong = terminal
    .screen()
    .split(/[\r\n]+/)
    .filter((line) => line.length > 100);
  expect(tooLong.filter((line) => !line.includes('\u001b'))).toEqual([]);
});

test('a yes typed ahead, before the card was shown, does not count', async () => {
  const fake = createFakeGuide({
    say: (_text, self) => {
      self.cards = [fakeCard()];
      return [spoken('I asked for it.')];
    },
  });
  const { terminal, over } = begin(fake);
  await terminal.see('you');
  terminal.type('rehearse');
  terminal.type('yes');
  await terminal.see('typed before the card was shown');
  expect(fake.decisions).toEqual([]);
  await readCard();
  terminal.type('yes');
  await terminal.see('Approved by Marta.');
  terminal.leave();
  await over;
  expect(fake.decisions).toHaveLength(1);
});

test('a yes sooner than anybody reads does not count', async () => {
  const fake = createFakeGuide();
  fake.cards = [fakeCard()];
  const { terminal, over } = begin(fake);
  await terminal.see('yes/no');
  terminal.type('yes');
  await terminal.see('typed before the card was shown');
  terminal.leave();
  await over;
  expect(fake.decisions).toEqual([]);
});

test('no declines, and a card that waits behind it is shown next', async () => {
  const fake = createFakeGuide();
  fake.cards = [fakeCard(), fakeCard({ id: 'b2', title: 'Undo the move.' })];
  const { terminal, over } = begin(fake);
  await terminal.see('Rehearse with 500');
  await terminal.see('yes/no');
  await readCard();
  terminal.type('no');
  await terminal.see('Declined by Marta; nothing has happened.');
  await terminal.see('Undo the move.');
  terminal.leave();
  await over;
  expect(fake.decisions).toEqual([{ id: 'a1', decision: { decision: 'decline', by: 'Marta' } }]);
});

test('an approval that the journey does not wait for is told to the model as an event', async () => {
  const fake = createFakeGuide();
  fake.cards = [fakeCard({ action: 'rollback', title: 'Undo the move.' })];
  const { terminal, over } = begin(fake);
  await terminal.see('yes/no');
  await readCard();
  terminal.type('yes');
  await terminal.see('You said: (The approval “Undo the move.” was given by Marta.)');
  terminal.leave();
  await over;
  expect(fake.answers).toEqual([]);
});

test('a reason is asked where one is needed, and without one nothing is approved', async () => {
  const fake = createFakeGuide();
  fake.cards = [fakeCard({ needsReason: true })];
  const { terminal, over } = begin(fake);
  await terminal.see('yes/no');
  await readCard();
  terminal.type('yes');
  await terminal.see('why');
  terminal.type('');
  await terminal.see('No reason was given, so nothing is approved.');
  expect(fake.decisions).toEqual([]);
  await readCard();
  terminal.type('yes');
  await terminal.see('why');
  terminal.type('We looked at all nine.');
  await terminal.see('Approved by Marta.');
  terminal.leave();
  await over;
  expect(fake.decisions[0]?.decision).toEqual({
    decision: 'grant',
    by: 'Marta',
    reason: 'We looked at all nine.',
  });
});

test('a decision that comes too late is told, and the conversation goes on', async () => {
  const fake = createFakeGuide();
  fake.cards = [fakeCard()];
  const { terminal, over } = begin(fake);
  await terminal.see('yes/no');
  await readCard();
  fake.cards = [fakeCard({ state: 'declined' })];
  terminal.type('yes');
  await terminal.see('This approval was decided already.');
  terminal.type('hello');
  await terminal.see('You said: hello');
  terminal.leave();
  await over;
});

test('steps of the move and the next card appear while the person thinks', async () => {
  const fake = createFakeGuide();
  const [first, second] = fakeStatus().entities;
  fake.view = fakeView({ state: 'working' });
  fake.run = fakeStatus({
    state: 'copying',
    alive: true,
    entities: [first!, { ...second!, state: 'copying', written: 0 }],
  });
  const { terminal, over } = begin(fake);
  await terminal.see('Step 1 of 2 is done and checked: 9 records moved so far, 2 set aside.');
  fake.run = fakeStatus({ state: 'completed' });
  const card = fakeCard({ id: 's1', action: 'sign-off', title: 'Sign the result.' });
  fake.cards = [card];
  fake.view = approvalView(card);
  await terminal.see('guide  The next step needs a yes: Sign the result.');
  await terminal.see('Approval needed    Sign the result.');
  await readCard();
  terminal.type('yes');
  await terminal.see('Approved by Marta.');
  terminal.leave();
  await over;
  expect(fake.notes).toContain('The next step needs a yes: Sign the result.');
});

test('a card that comes up while the person is typing does not take that line as an answer', async () => {
  const fake = createFakeGuide();
  fake.view = fakeView({ state: 'working' });
  const { terminal, over } = begin(fake);
  await terminal.see('you');
  terminal.world.stdin.emit('data', Buffer.from('ye'));
  const card = fakeCard();
  fake.cards = [card];
  fake.view = approvalView(card);
  await terminal.see('The next step needs a yes');
  terminal.type('s');
  await terminal.see('You said: yes');
  expect(fake.decisions).toEqual([]);
  await terminal.see('Approval needed');
  terminal.leave();
  await over;
});

test('through a pipe each line is one turn, and a line waits until the migration has come to rest', async () => {
  const fake = createFakeGuide({
    say: (text, self) => {
      if (text === 'go') {
        const card = fakeCard();
        self.cards = [card];
        self.view = approvalView(card);
      }
      return [spoken(`You said: ${text}`)];
    },
  });
  fake.next = fakeView({ state: 'working', words: 'I have begun.' });
  const { terminal, over } = begin(fake, { isTTY: false });
  for (const line of ['hello', 'go', 'yes', 'and now']) terminal.type(line);
  terminal.leave();
  await terminal.see('I have begun.');
  expect(fake.said).toEqual(['hello', 'go']);
  fake.view = fakeView({ state: 'waiting', words: 'It is done.' });
  await over;
  expect(fake.said).toEqual(['hello', 'go', 'and now']);
  expect(terminal.screen()).toMatch(/guide {2}It is done\.\n\nyou {4}and now\n/);
  expect(fake.decisions).toHaveLength(1);
});

test('Ctrl-C ends it, whatever it was doing', async () => {
  const fake = createFakeGuide();
  fake.view = fakeView({ state: 'working' });
  const { terminal, over } = begin(fake);
  await terminal.see('you');
  terminal.interrupt();
  await over;
});

test('/status, /approvals and /help are answered without the guide; other slashes are not said to it', async () => {
  const fake = createFakeGuide();
  fake.cards = [fakeCard({ state: 'used', decidedBy: 'Marta', decidedAt: '2026-11-12T11:00:00.000Z' })];
  const { terminal, over } = begin(fake);
  await terminal.see('you');
  terminal.type('/status');
  await terminal.see('We are at the rehearsal.');
  terminal.type('/approvals');
  await terminal.see('Nothing waits for a yes.');
  await terminal.see('used      Rehearse with 500 records of each kind.  Marta');
  terminal.type('/help');
  await terminal.see('/approvals');
  terminal.type('/nope');
  await terminal.see('There is no /nope.');
  terminal.leave();
  await over;
  expect(fake.said).toEqual([]);
});

test('escape sequences of a model or of data do not reach the terminal', async () => {
  const fake = createFakeGuide({ say: () => [spoken('a\u001b[2J'), spoken('\u001b]0;x\u0007b\u202e')] });
  fake.cards = [];
  const { terminal, over } = begin(fake, { isTTY: false });
  terminal.type('hello');
  await terminal.see('guide  a·[2J·]0;x·b·');
  fake.cards = [fakeCard({ title: 'Move\u001b[8m it' })];
  terminal.type('more');
  await terminal.see('Move·[8m it');
  terminal.leave();
  await over;
  expect(terminal.screen()).not.toContain('\u001b');
});

test('an answer that fails is told, and the conversation goes on', async () => {
  const fake = createFakeGuide({
    say: (text) => {
      if (text === 'break') throw new Error('secret text');
      return text === 'stop'
        ? [{ kind: 'problem', agent: 'orchestrator', message: 'The model did not answer in time.' }]
        : [spoken('Still here.')];
    },
  });
  const { terminal, over } = begin(fake, { isTTY: false });
  for (const line of ['break', 'stop', 'silence?', 'hello']) terminal.type(line);
  terminal.leave();
  await over;
  expect(terminal.screen()).toContain('Something happened that Towpath did not expect');
  expect(terminal.screen()).not.toContain('secret text');
  expect(terminal.screen()).toContain('The model did not answer in time.');
  expect(terminal.screen()).toContain('Still here.');
});

test('words of the agents among themselves are not shown; an empty answer is said to be one', async () => {
  const fake = createFakeGuide({ say: () => [{ kind: 'text', agent: 'planning', text: 'internal' }] });
  const { terminal, over } = begin(fake, { isTTY: false });
  terminal.type('hello');
  await terminal.see('I have no answer to that.');
  terminal.leave();
  await over;
  expect(terminal.screen()).not.toContain('internal');
});
