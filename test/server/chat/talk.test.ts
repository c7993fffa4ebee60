/** One answer at a time, which nobody's leaving stops, and news that are told once. */
import type { UIMessageChunk } from 'ai';
import { expect, test } from 'vitest';
import type { PastMessage } from '../../../desk/past-messages.ts';
import type { TurnPart } from '../../../desk/turn-parts.ts';
import { createTalk, type Talk } from '../../../server/chat/talk.ts';
import type { Turn } from '../../../server/chat/turn.ts';
import { approvalView, fakeCard, fakeView, spoken } from '../../cli/agents/fake-guide.ts';
import { createFakeDesk, createStepClock, settled } from '../live/fake-desk.ts';

interface Slow {
  readonly talk: Talk;
  readonly fake: ReturnType<typeof createFakeDesk>['fake'];
  /** The guide says this; null: it has finished. */
  give(text: string | null): Promise<void>;
  readonly asked: { readonly text: string; readonly by: string | undefined; aborted: boolean }[];
  readonly changes: boolean[];
}

/** A guide that says what the test lets it say, and remembers notes as the memory does. */
function begin(): Slow {
  const clock = createStepClock();
  const { fake, desk } = createFakeDesk(clock);
  const current = async () => {
    await settled(); // as long as a storage takes
    return fake.view;
  };
  const asked: Slow['asked'] = [];
  const changes: boolean[] = [];
  let next = Promise.withResolvers<string | null>();
  const conversation = {
    ...fake.conversation,
    async *say(text: string, signal?: AbortSignal, notes?: { by?: string }): AsyncGenerator<TurnPart> {
      const one = { text, by: notes?.by, aborted: false };
      asked.push(one);
      signal?.addEventListener('abort', () => {
        one.aborted = true;
      });
      for (;;) {
        const words = await next.promise;
        next = Promise.withResolvers();
        if (words === null) return;
        yield spoken(words);
      }
    },
    past: async () => ({
      messages: fake.notes.slice(-1).map(
        (text, index): PastMessage => ({
          ...{ id: String(index), from: 'towpath', voice: null },
          at: `2026-11-21T0${6 + fake.notes.length}:59:59.000Z`,
          parts: [{ kind: 'text', agent: 'orchestrator', text }],
        }),
      ),
      more: false,
    }),
  };
  const talk = createTalk({
    desk: { ...desk, guide: { ...desk.guide, current }, converse: async () => conversation },
    clock,
    onChange: (busy) => changes.push(busy),
  });
  return {
    ...{ talk, fake, asked, changes },
    async give(text) {
      await settled();
      next.resolve(text);
      await settled();
      await settled(); // the storage, too
    },
  };
}

async function read(turn: Turn): Promise<string> {
  const chunks: UIMessageChunk[] = [];
  for await (const chunk of turn.follow()) chunks.push(chunk as UIMessageChunk);
  return chunks.map((chunk) => (chunk.type === 'text-delta' ? chunk.delta : '')).join('');
}

test('a second message while the guide answers is refused; after the end it is taken', async () => {
  const { talk, give, asked, changes } = begin();
  const first = talk.say('hello', 'Otto');
  expect(() => talk.say('me too', 'Ada')).toThrow(expect.objectContaining({ code: 'TURN_UNDER_WAY' }));
  await give('Hi.');
  await give(null);
  expect(await read(first)).toBe('Hi.');
  const second = talk.say('again', 'Ada');
  await give(null);
  await second.ended;
  expect(asked.map(({ text, by }) => [text, by])).toEqual([
    ['hello', 'Otto'],
    ['again', 'Ada'],
  ]);
  expect(changes).toEqual([true, false, true, false]);
});

test('who saw the stream end can speak at once', async () => {
  const { talk, give } = begin();
  const reading = read(talk.say('hello', 'Otto')).then(() => talk.say('and', 'Otto'));
  await give(null);
  await expect(reading).resolves.toBeDefined();
});

test('a closed browser stops nothing, and who comes meanwhile sees the answer from its beginning', async () => {
  const { talk, give, asked } = begin();
  const turn = talk.say('hello', 'Otto');
  const browser = turn.follow().getReader();
  await give('I am ');
  await browser.read();
  await browser.cancel();
  expect(asked[0]?.aborted).toBe(false);
  const late = read(talk.turn()!);
  await give('the guide.');
  await give(null);
  expect(await late).toBe('I am the guide.');
  expect(talk.turn()).toBeNull();
});

test('who reads the conversation meanwhile sees what was asked, and the answer comes by its stream only', async () => {
  const { talk, give, fake } = begin();
  fake.notes.push('Before.');
  const texts = async () => (await talk.history()).messages.map(({ parts }) => parts[0]);
  expect(await texts()).toEqual([{ type: 'text', text: 'Before.' }]);
  const turn = talk.say('hello', 'Otto');
  const meanwhile = await talk.history();
  expect(meanwhile.busy).toBe(true);
  expect(meanwhile.messages.at(-1)).toMatchObject({
    role: 'user',
    metadata: { from: 'person', voice: 'Otto' },
    parts: [{ type: 'text', text: 'hello' }],
  });
  fake.notes.push('Half an ans'); // kept while it lasts
  expect(await texts()).toEqual([{ type: 'text', text: 'hello' }]);
  await give(null);
  await turn.ended;
  expect(await talk.history()).toMatchObject({ busy: false });
  expect(await texts()).toEqual([{ type: 'text', text: 'Half an ans' }]);
});

test('only a person stops an answer', async () => {
  const { talk, give, asked } = begin();
  const turn = talk.say('hello', 'Otto');
  await settled();
  turn.stop();
  expect(asked[0]?.aborted).toBe(true);
  await give(null);
  await turn.ended;
});

test('what came up while the guide answered is not told again; what comes later is told once', async () => {
  const { talk, fake, give } = begin();
  await talk.see(fakeView());
  talk.say('go ahead', 'Otto');
  const asks = fakeView({ state: 'waiting', guideId: 'g1', cardId: 'c1', words: 'First?' });
  fake.view = asks;
  await talk.see(asks);
  await give(null);
  await talk.see(asks);
  expect(fake.notes).toEqual([]);
  const later = fakeView({
    ...{ state: 'waiting', guideId: 'g1', cardId: 'c2', words: 'Second?' },
    choices: [{ id: 'y', label: 'Yes' }],
  });
  await talk.see(fakeView({ state: 'working', guideId: 'g1' }));
  await talk.see(later);
  await talk.see(later);
  expect(fake.notes).toEqual(['Second?\n[Yes]']);
});

test('when it is first looked at, an open question is told unless it was told before; an end and an approval are not', async () => {
  const open = fakeView({ state: 'waiting', guideId: 'g1', cardId: 'c1', words: 'Shall I?' });
  const first = begin();
  await first.talk.see(open);
  expect(first.fake.notes).toEqual(['Shall I?']);

  const again = begin();
  again.fake.notes.push('Shall I?');
  await again.talk.see(open);
  expect(again.fake.notes).toHaveLength(1);

  const others = begin();
  await others.talk.see(fakeView({ state: 'ended', guideId: 'g1', outcome: 'stopped' }));
  expect(others.fake.notes).toEqual([]);
  const waiting = begin();
  await waiting.talk.see(approvalView(fakeCard()));
  expect(waiting.fake.notes).toEqual([]);
});

test('an event is told to the guide when it has finished what it says', async () => {
  const { talk, give, asked } = begin();
  talk.say('hello', 'Otto');
  talk.hear('(The approval was given.)');
  await settled();
  expect(asked.map(({ text }) => text)).toEqual(['hello']);
  await give(null);
  expect(asked.map(({ text }) => text)).toEqual(['hello', '(The approval was given.)']);
  await give(null);
  expect(talk.turn()).toBeNull();
});

test('a note has no control characters', async () => {
  const { talk, fake } = begin();
  await talk.see(fakeView({ state: 'waiting', cardId: 'c1', words: 'A table “a\u001bb\u202e”' }));
  expect(fake.notes).toEqual(['A table “a·b·”']);
});
