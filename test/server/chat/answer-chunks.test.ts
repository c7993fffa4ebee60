/** A turn as the page gets it: every chunk has AI SDK's form, every card ours, and nothing that was not meant to be shown. */
import { readUIMessageStream, type UIMessageChunk } from 'ai';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { ToolOutcome, TurnPart } from '../../../desk/turn-parts.ts';
import { answerChunks, type ChatChunk } from '../../../server/chat/answer-chunks.ts';
import { type ChatMessage, chatData } from '../../../server/shapes/chat.ts';
import { spoken } from '../../cli/agents/fake-guide.ts';
import { runFactsNow } from '../../helpers/fake-journey.ts';

const metadata = {
  voice: 'Offline guide (no AI model)',
  from: 'guide',
  offline: true,
  at: '2026-11-21T08:00:00.000Z',
} as const;

async function* turnOf(parts: readonly TurnPart[], error?: Error): AsyncGenerator<TurnPart> {
  yield* parts;
  if (error !== undefined) throw error;
}

async function chunksOf(parts: readonly TurnPart[], error?: Error): Promise<ChatChunk[]> {
  const chunks: ChatChunk[] = [];
  for await (const chunk of answerChunks(turnOf(parts, error), { messageId: 'm1', metadata }))
    chunks.push(chunk);
  return chunks;
}

/** As the page puts it together. */
async function messageOf(parts: readonly TurnPart[], error?: Error): Promise<ChatMessage> {
  const chunks = await chunksOf(parts, error);
  const stream = ReadableStream.from(chunks) as ReadableStream<UIMessageChunk>;
  let last: ChatMessage | undefined;
  for await (const message of readUIMessageStream<ChatMessage>({ stream, terminateOnError: true }))
    last = message;
  for (const part of last!.parts) {
    if (part.type === 'text') continue;
    const { type, data } = z.object({ type: z.string(), data: z.unknown() }).parse(part);
    chatData[type.replace('data-', '') as keyof typeof chatData].parse(data);
  }
  return last!;
}

const textOf = ({ parts }: ChatMessage) => parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
const cardsOf = ({ parts }: ChatMessage) =>
  parts.filter(({ type }) => type !== 'text' && type !== 'data-busy').map(({ type }) => type);

function result(
  tool: string,
  data: unknown,
  more: Partial<ToolOutcome> & { input?: unknown } = {},
): TurnPart {
  const { input = {}, ...outcome } = more;
  return {
    kind: 'result',
    agent: 'planning',
    tool,
    outcome: { status: 'done', words: 'Done.', code: null, approvalId: null, ...outcome },
    facts: { input, data, choices: [] },
  };
}

const call = (tool: string, agent = 'orchestrator'): TurnPart => ({ kind: 'call', agent, tool, input: {} });

test('a next step is named as the page names it, not by its command', async () => {
  const words = ['It was paused. Go on with tow', 'path resume', ' run-7.\n[Go on]'];
  expect(textOf(await messageOf(words.map(spoken)))).toEqual([
    'It was paused. Go on with “Go on” in “Progress”.',
  ]);
});

test('words stream as they come, and the suggested replies are a part of their own', async () => {
  const words = ['I found ', '45 tables.', '\n[Go', ' on] [La', 'ter]'];
  const chunks = await chunksOf(words.map(spoken));
  const deltas = chunks.flatMap((chunk) => (chunk.type === 'text-delta' ? [chunk.delta] : []));
  expect(deltas).toEqual(['I found', ' 45 tables.']);
  const message = await messageOf(words.map(spoken));
  expect(textOf(message)).toEqual(['I found 45 tables.']);
  expect(message.parts.at(-1)).toMatchObject({
    type: 'data-choices',
    data: { choices: ['Go on', 'Later'] },
  });
  expect(message.metadata).toEqual(metadata);
  expect(message.id).toBe('m1');
});

test('what the agents say to each other is not shown, and what the guide says around a call stays apart', async () => {
  const message = await messageOf([
    spoken('Let me look.'),
    call('agent-planning'),
    { kind: 'text', agent: 'planning', text: 'internal words' },
    spoken('Here it is.'),
  ]);
  expect(textOf(message)).toEqual(['Let me look.', 'Here it is.']);
});

test('what the guide is busy with shows while it lasts', async () => {
  const chunks = await chunksOf([call('analyzeSource', 'schema-analysis'), spoken('Done.')]);
  const busy = chunks.flatMap((chunk) => (chunk.type === 'data-busy' ? [chunk.data.words] : []));
  expect(busy).toEqual(['looking at the old database', null]);
});

const cause = {
  ...{ id: '0a1b2c3d', entity: 'patients', reason: 'too-long', column: 'name', form: 'text(33-255)' },
  ...{ rows: 3, explanation: 'The text is too long.', samples: ['A•••'] },
  ...{ suggestion: 'Leave name empty.', loses: 'The names.', advice: null },
};
const change = {
  ...{ changed: true, before: 'copy', after: 'trim', hashBefore: 'a', hashAfter: 'b' },
  ...{ mistakes: [], approvalsLost: 0 },
};
const question = {
  ...{ number: 2, text: 'May they stay?', why: 'They are old.', required: true },
  ...{ choices: [{ id: 'a', text: 'Yes' }], recommended: 'a', answer: null },
};
const rehearsal = {
  ...{ status: 'passed', planHash: 'a', rows: 1, written: 1, repaired: 0, setAside: 0 },
  ...{ seconds: { low: 1, likely: 2, high: 3 }, problems: [] },
};

test.each([
  ['listCauseCards', [cause], {}, { type: 'data-finding', data: { total: 1 } }],
  [
    'runPreflight',
    [
      { name: 'clock', status: 'pass', message: 'Right.', remedy: null },
      { name: 'disk', status: 'fail', message: 'Full.', remedy: 'Make room.' },
    ],
    {},
    {
      type: 'data-finding',
      data: { findings: [{ kind: 'check', title: 'Full.', severe: true }], total: 1 },
    },
  ],
  [
    'readQuestions',
    { total: 1, open: 1, unanswered: 1, next: question, questions: [question] },
    {},
    { type: 'data-question', data: { of: 'plan', number: 2 } },
  ],
  [
    'setColumn',
    change,
    { input: { entity: 'patients', column: 'name' } },
    {
      type: 'data-mapping',
      data: { entity: 'patients', columns: ['name'], change: { before: 'copy', after: 'trim' } },
    },
  ],
  ['runStatus', runFactsNow, {}, { type: 'data-progress', data: { runId: 'run-1' } }],
  ['rehearse', rehearsal, {}, { type: 'data-facts', data: { about: 'rehearsal' } }],
  [
    'startMigration',
    null,
    { status: 'needs-approval', approvalId: 'a1' },
    { type: 'data-approval', data: { approvalId: 'a1' } },
  ],
])('%s becomes a card', async (tool, data, more, card) => {
  const message = await messageOf([result(tool, data, more), spoken('Look.')]);
  expect(textOf(message)).toEqual(['Look.']);
  expect(message.parts.at(-1)).toMatchObject(card);
});

test.each([
  ['a tool without a card', 'whereWeAre', { step: 'plan' }],
  ['data of another shape', 'runStatus', { runId: 5 }],
  ['a name of no tool', 'constructor', {}],
])('%s shows none', async (_name, tool, data) => {
  expect(cardsOf(await messageOf([result(tool, data), spoken('Words.')]))).toEqual([]);
});

test('a refused tool shows no card, and an approval shows its id and nothing else', async () => {
  const refused = await messageOf([result('rehearse', rehearsal, { status: 'refused' }), spoken('No.')]);
  expect(cardsOf(refused)).toEqual([]);
  const asked = await messageOf([
    result('startMigration', { title: 'secret' }, { status: 'needs-approval', approvalId: 'a1' }),
    spoken('It needs a yes.'),
  ]);
  expect(JSON.stringify(asked)).not.toContain('secret');
});

test('one decision at most, at the end; the same thing looked at twice shows once', async () => {
  const message = await messageOf([
    result('readQuestions', { total: 1, open: 1, unanswered: 1, next: question, questions: [question] }),
    result('runStatus', runFactsNow),
    result('runStatus', runFactsNow),
    result('startMigration', null, { status: 'needs-approval', approvalId: 'a1' }),
    result('runStatus', runFactsNow),
    spoken('So.'),
  ]);
  expect(cardsOf(message)).toEqual(['data-progress', 'data-approval']);
});

test('what breaks off is told as a problem; words of an error that is not ours stay here', async () => {
  const told = await messageOf([
    spoken('I will'),
    { kind: 'problem', agent: 'orchestrator', message: 'The model did not answer.' },
  ]);
  expect(textOf(told)).toEqual(['I will']);
  expect(cardsOf(told)).toEqual(['data-problem', 'data-choices']);
  expect(JSON.stringify(told)).toContain('The model did not answer.');
  const thrown = await messageOf([spoken('I will')], new Error('password=hunter2'));
  expect(cardsOf(thrown)).toEqual(['data-problem', 'data-choices']);
  expect(JSON.stringify(thrown)).not.toContain('hunter2');
});

test('silence is told as such', async () => {
  expect(textOf(await messageOf([]))[0]).toContain('I have no answer');
});

test('control characters do not pass, and an endless answer ends', async () => {
  const hostile = await messageOf([spoken('a\u001b[2Jb\u202ec\u0000')]);
  expect(textOf(hostile)).toEqual(['a·[2Jb·c·']);
  const endless = await messageOf(Array.from({ length: 2000 }, () => spoken('word '.repeat(100))));
  expect(textOf(endless).join('').length).toBeLessThan(50_000);
});
