/** Scripts: what is read, what is refused, and how they are played. */
import { expect, test } from 'vitest';
import { playScript } from '../../../cli/agents/play-script.ts';
import { parseScript } from '../../../cli/agents/script.ts';
import type { TranscriptLine } from '../../../cli/agents/transcript.ts';
import { createClock } from '../../../engine/core/clock.ts';
import { fakeStatus } from '../fake-engine.ts';
import { approvalView, createFakeGuide, type FakeGuide, fakeCard, fakeView, spoken } from './fake-guide.ts';

const head = 'databases: sample\nmode: conversation\nas: Marta\n';

function mistakesOf(text: string): string {
  try {
    parseScript(text, 'x.yaml');
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It was accepted.');
}

async function play(fake: FakeGuide, text: string) {
  const lines: TranscriptLine[] = [];
  const code = await playScript(fake.hand, parseScript(text, 'x.yaml'), {
    clock: createClock(),
    tell: (line) => void lines.push(line),
  });
  return { code, lines, last: lines.at(-1) };
}

test('a script is read, with its expectations as patterns', () => {
  const script = parseScript(
    `${head}turns:\n  - say: hello\n  - expect: 3.5 (old)\n  - expect: /\\d+ Records/i\n  - approve: migrate\n    reason: Read it.\n  - wait: done`,
    'x.yaml',
  );
  const [, text, pattern, , wait] = script.turns as [
    unknown,
    { expect: RegExp },
    { expect: RegExp },
    unknown,
    unknown,
  ];
  expect(text.expect.test('It is 3.5 (OLD) now')).toBe(true);
  expect(text.expect.test('It is 345 old now')).toBe(false);
  expect(pattern.expect.test('86 records')).toBe(true);
  expect(wait).toEqual({ wait: 'done', seconds: 600 });
});

test.each([
  ['no author', 'databases: sample\nmode: conversation\nturns:\n  - say: hello', 'as'],
  ['no turns', `${head}turns: []`, 'turns'],
  ['an unknown turn', `${head}turns:\n  - say: hello\n  - shout: hello`, 'line 6, turns.1: is none of'],
  ['an unknown approval', `${head}turns:\n  - approve: everything`, 'line 5'],
  ['a broken pattern', `${head}turns:\n  - expect: /(/`, 'line 5'],
  ['broken YAML', `${head}turns:\n  - say: "hello`, 'line'],
  ['an unknown field', `${head}fast: true\nturns:\n  - say: hello`, 'fast'],
  ['no document', '- hello', 'the script'],
])('%s is refused with its place', (_name, text, place) => {
  expect(mistakesOf(text)).toContain(place);
});

test('a conversation is played turn by turn, with tool calls, decisions and states', async () => {
  const fake = createFakeGuide({
    say: (text, self) => {
      if (text !== 'rehearse') return [spoken('Hello, I look at the old database.')];
      const card = fakeCard();
      self.cards = [card];
      self.view = approvalView(card);
      self.next = fakeView({ state: 'ended', words: 'The rehearsal went through.' });
      return [
        { kind: 'call', agent: 'orchestrator', tool: 'continueJourney', input: { answer: 'rehearse' } },
        {
          kind: 'result',
          agent: 'orchestrator',
          tool: 'continueJourney',
          outcome: { status: 'needs-approval', words: 'A yes is needed.', code: null, approvalId: 'a1' },
          facts: { input: {}, data: null, choices: [] },
        },
        spoken('I need an approval.'),
      ];
    },
  });
  const { code, lines, last } = await play(
    fake,
    `${head}turns:\n  - say: hello\n  - expect: old database\n  - say: rehearse\n  - wait: approval\n  - approve: rehearse\n  - expect: /went through/\n  - wait: ended`,
  );
  expect(code).toBe(0);
  expect(last).toEqual({ role: 'outcome', outcome: 'done', code: 0, message: null });
  expect(lines.filter(({ role }) => role === 'person').map((line) => 'text' in line && line.text)).toEqual([
    'hello',
    'rehearse',
  ]);
  expect(lines).toContainEqual(
    expect.objectContaining({ role: 'tool', tool: 'continueJourney', input: { answer: 'rehearse' } }),
  );
  expect(lines).toContainEqual(
    expect.objectContaining({ role: 'approval', state: 'granted', by: 'Marta', reason: 'scripted' }),
  );
  expect(fake.decisions).toEqual([
    { id: 'a1', decision: { decision: 'grant', by: 'Marta', reason: 'scripted' } },
  ]);
  expect(fake.notes).toEqual(['The rehearsal went through.']);
});

test('an expectation looks only at what was said since the last words, and failing it ends the script with 1', async () => {
  const fake = createFakeGuide({
    say: (text) => [spoken(text === 'hello' ? 'Good morning.' : 'Good night.')],
  });
  const { code, last } = await play(
    fake,
    `${head}turns:\n  - say: hello\n  - say: bye\n  - expect: morning\n  - say: never`,
  );
  expect(code).toBe(1);
  expect(last).toMatchObject({ outcome: 'EXPECTATION_NOT_MET', code: 1 });
  expect(fake.said).toEqual(['hello', 'bye']);
});

test('an approval that is not waiting is not given, whatever the script says', async () => {
  const fake = createFakeGuide();
  fake.cards = [fakeCard({ action: 'rollback' })];
  const { code, last } = await play(fake, `${head}turns:\n  - approve: migrate`);
  expect(code).toBe(1);
  expect(last).toMatchObject({
    outcome: 'NO_SUCH_APPROVAL',
    message: expect.stringContaining('waiting: rollback'),
  });
  expect(fake.decisions).toEqual([]);
});

test('what waits or is stopped at the end decides the code: 4 for an approval, 3 for a gate, 1 for a failure', async () => {
  const waiting = createFakeGuide();
  waiting.cards = [fakeCard()];
  expect((await play(waiting, `${head}turns:\n  - say: hello`)).code).toBe(4);

  const error = { code: 'GATE_CLOSED', message: 'Closed.', hint: 'Look.' };
  const stopped = createFakeGuide();
  stopped.run = fakeStatus({ state: 'failed', error });
  expect((await play(stopped, `${head}turns:\n  - say: hello`)).code).toBe(3);

  const failed = createFakeGuide();
  failed.run = fakeStatus({ state: 'failed', error: { ...error, code: 'DISK_FULL' } });
  expect((await play(failed, `${head}turns:\n  - say: hello`)).code).toBe(1);
});

test('in a workflow what is said answers the card, and its words are heard', async () => {
  const fake = createFakeGuide();
  fake.view = fakeView({
    state: 'waiting',
    cardId: 'c1',
    card: {
      kind: 'question',
      step: 'plan',
      title: 'Plan',
      text: 'Shall I?',
      choices: [{ id: 'plan', label: 'Make a plan' }],
      recommended: 'plan',
    },
    choices: [{ id: 'plan', label: 'Make a plan' }],
    words: 'Shall I?',
  });
  fake.next = fakeView({ state: 'ended', words: 'Made.' });
  const { code, lines } = await play(
    fake,
    'databases: configured\nmode: workflow\nas: Marta\nturns:\n  - expect: "[Make a plan]"\n  - say: plan\n  - expect: Made\n',
  );
  expect(lines[0]).toEqual({ role: 'guide', agent: 'guided-migration', text: 'Shall I?\n[Make a plan]' });
  expect(code).toBe(0);
  expect(fake.answers).toEqual([{ answer: 'plan', by: 'Marta', cardId: 'c1' }]);
  expect(fake.said).toEqual([]);
});

test('waiting for what cannot come ends with words about what waits instead', async () => {
  const fake = createFakeGuide();
  fake.cards = [fakeCard()];
  fake.view = approvalView(fakeCard());
  const { code, last } = await play(fake, `${head}turns:\n  - wait: done\n    seconds: 1`);
  expect(code).toBe(1);
  expect(last).toMatchObject({
    outcome: 'WAITED_IN_VAIN',
    message: expect.stringContaining('approvals wait: rehearse'),
  });
});

test('a guide that cannot answer ends the script', async () => {
  const fake = createFakeGuide({
    say: () => [{ kind: 'problem', agent: 'orchestrator', message: 'The model did not answer in time.' }],
  });
  const { code, last } = await play(fake, `${head}turns:\n  - say: hello`);
  expect(code).toBe(1);
  expect(last).toMatchObject({ outcome: 'GUIDE_SILENT', message: expect.stringContaining('in time') });
});
