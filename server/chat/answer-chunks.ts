/**
 * One turn of the guide as chunks of AI SDK's UI message stream. Words stream as they come, without the line of suggested
 * replies; cards stand below the words, then the replies. What agents say to each other is not shown.
 */
import type { UIMessageChunk } from 'ai';
import { busyWords } from '../../desk/busy-words.ts';
import { plainWords } from '../../desk/plain-words.ts';
import { createReplySplitter } from '../../desk/suggested-replies.ts';
import type { TurnPart } from '../../desk/turn-parts.ts';
import type { ChatCard, ChatData, ChatMetadata } from '../shapes/chat.ts';
import { cardsOf } from './cards-of.ts';
import { createPageWords } from './page-words.ts';
import { shownCards } from './shown-cards.ts';

export type ChatChunk = UIMessageChunk<ChatMetadata, ChatData>;

export const speaker = 'orchestrator';
/** One answer of a model that cannot stop is not kept whole. */
const mostCharacters = 40_000;

export interface Answering {
  readonly messageId: string;
  readonly metadata: ChatMetadata;
}

/** Never throws: what goes wrong is the end of the message. */
export async function* answerChunks(
  turn: AsyncIterable<TurnPart>,
  { messageId, metadata }: Answering,
): AsyncGenerator<ChatChunk> {
  const cards: ChatCard[] = [];
  const splitter = createReplySplitter();
  const onPage = createPageWords();
  let texts = 0;
  let open = false;
  let said = 0;
  let busy: string | null = null;
  let problem: ChatData['problem'] | null = null;
  const textId = () => `${messageId}-${texts}`;

  function* words(text: string): Generator<ChatChunk> {
    if (text === '' || said > mostCharacters) return;
    said += text.length;
    yield* shown(onPage.add(plainWords(text)));
  }
  function* shown(delta: string): Generator<ChatChunk> {
    if (delta === '') return;
    if (!open) yield { type: 'text-start', id: textId() };
    open = true;
    yield { type: 'text-delta', id: textId(), delta };
  }
  function* endText(): Generator<ChatChunk> {
    yield* shown(onPage.end());
    if (open) yield { type: 'text-end', id: textId() };
    if (open) texts += 1;
    open = false;
  }
  function* atWork(now: string | null): Generator<ChatChunk> {
    if (busy === now) return;
    busy = now;
    yield { type: 'data-busy', id: 'busy', data: { words: now } };
  }

  yield { type: 'start', messageId, messageMetadata: metadata };
  try {
    for await (const part of turn) {
      if (part.kind === 'text' && part.agent === speaker) {
        yield* atWork(null);
        yield* words(splitter.add(part.text));
      } else if (part.kind === 'call') {
        if (part.agent === speaker) {
          yield* words(splitter.end().text);
          yield* endText();
        }
        yield* atWork(busyWords(part.tool) ?? busy);
      } else if (part.kind === 'result') {
        cards.push(...cardsOf(part));
      } else if (part.kind === 'problem') {
        problem = brokenOff(part.message);
      }
    }
  } catch {
    problem = brokenOff(null);
  }
  const { text, replies } = splitter.end();
  yield* words(text);
  if (said === 0 && problem === null) yield* words(noAnswer);
  yield* endText();
  yield* atWork(null);
  for (const card of shownCards(cards)) yield card;
  if (problem !== null) yield { type: 'data-problem', data: problem };
  const choices = replies.length > 0 || problem === null ? replies : [whereWeAre];
  if (choices.length > 0) yield { type: 'data-choices', data: { choices: [...choices] } };
  yield { type: 'finish', finishReason: problem === null ? 'stop' : 'error' };
}

const whereWeAre = 'Where are we';
export const noAnswer = `I have no answer to that. “${whereWeAre}” says how things stand.`;

/** Words of ours or of a server; an error that is neither is told without its words. */
function brokenOff(words: string | null): ChatData['problem'] {
  const message =
    words === null ? 'The answer broke off.' : `I could not answer: ${plainWords(words).slice(0, 300)}`;
  return { message, hint: `“${whereWeAre}” says how things stand; talking changes nothing by itself.` };
}
