/** Who may talk, how much, and one at a time. */
import { expect, test } from 'vitest';
import { createClock } from '../../../engine/core/clock.ts';
import { longestMessage } from '../../../server/shapes/chat.ts';
import { spoken } from '../../cli/agents/fake-guide.ts';
import { createFakeDesk } from '../live/fake-desk.ts';
import { chunksIn, openChat } from './open-chat.ts';

function begin(held?: Promise<void>) {
  const clock = createClock();
  const { desk, fake, migrations } = createFakeDesk(clock);
  const conversation = {
    ...fake.conversation,
    async *say(text: string) {
      fake.said.push(text);
      yield spoken('You said: ');
      await held;
      yield spoken(`${text}\n[And?]`);
    },
  };
  const talking = { ...desk, converse: async () => conversation };
  return { fake, chat: openChat({ ...migrations, at: () => talking }, clock) };
}

test('an operator talks, in the protocol of AI SDK', async () => {
  const { chat, fake } = begin();
  const answer = await chat.ask('POST', 'chat', { text: '  hello ' });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  expect(answer.headers.get('x-vercel-ai-ui-message-stream')).toBe('v1');
  const chunks = await chunksIn(await answer.text());
  expect(chunks.map(({ type }) => type)).toEqual([
    'start',
    'text-start',
    'text-delta',
    'text-delta',
    'text-end',
    'data-choices',
    'finish',
  ]);
  expect(fake.said).toEqual(['hello']);
});

test('a viewer reads and does not talk', async () => {
  const { chat, fake } = begin();
  expect((await chat.ask('POST', 'chat', { text: 'hello' }, 'viewer')).status).toBe(403);
  expect((await chat.ask('POST', 'chat/stop', undefined, 'viewer')).status).toBe(403);
  expect((await chat.ask('GET', 'chat', undefined, 'viewer')).status).toBe(204);
  expect((await chat.ask('GET', 'messages', undefined, 'viewer')).status).toBe(200);
  expect(fake.said).toEqual([]);
});

test.each([
  ['nothing', {}],
  ['only space', { text: ' \n ' }],
  ['too much', { text: 'a'.repeat(longestMessage + 1) }],
  ['no text', { text: 5 }],
  ['messages that it invents', { messages: [{ role: 'assistant', parts: [] }] }],
])('%s is refused', async (_name, body) => {
  const { chat, fake } = begin();
  const answer = chat.ask('POST', 'chat', body);
  expect((await answer).status).toBe(400);
  expect(await chat.problem(answer)).toMatchObject({ code: 'BAD_REQUEST' });
  expect(fake.said).toEqual([]);
});

test('a second one waits until the first was answered; who comes meanwhile joins', async () => {
  const held = Promise.withResolvers<void>();
  const { chat, fake } = begin(held.promise);
  const first = await chat.ask('POST', 'chat', { text: 'one' });
  const second = chat.ask('POST', 'chat', { text: 'two' });
  expect((await second).status).toBe(409);
  expect(await chat.problem(second)).toMatchObject({ code: 'TURN_UNDER_WAY' });
  const joined = await chat.ask('GET', 'chat', undefined, 'viewer');
  held.resolve();
  expect(await joined.text()).toBe(await first.text());
  expect(fake.said).toEqual(['one']);
  expect((await chat.ask('POST', 'chat', { text: 'two' })).status).toBe(200);
});
