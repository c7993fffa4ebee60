/** What is told while it is nobody's turn: steps of the move, and the words of the guided migration's next card. */
import { approvedWords, viewWords } from '../../desk/guide-words.ts';
import type { GuideView } from '../../engine/contract/guide.ts';
import { isAbort } from '../../engine/core/errors.ts';
import { brokenLine, pageWidth } from '../text/broken-line.ts';
import type { Chat } from './chat-in-hand.ts';
import { spokenLines } from './page.ts';

const lookEvery = 700;

/** What the guided migration says, told by the program and kept in the thread. */
export async function tell(chat: Chat, view: GuideView): Promise<void> {
  const { page, world, conversation, reader } = chat;
  const words = `${await resultWords(chat, view)}${viewWords(view)}`;
  const lines = [spokenLines(words, pageWidth(world)), ''];
  if (page.isTerminal) reader.above(...lines);
  else page.lines(...lines);
  await conversation.note(words);
}

/** What the step that was approved came to, where the next card does not tell. */
async function resultWords(chat: Chat, view: GuideView): Promise<string> {
  const { approved, hand } = chat;
  if (approved === null || view.state === 'working') return '';
  chat.approved = null;
  return approvedWords(approved, await hand.journey.state());
}

/** On a terminal: news appear above the prompt while the person thinks. The returned function stops it, and waits for that. */
export function followAtPrompt(chat: Chat): () => Promise<void> {
  if (!chat.page.isTerminal) return async () => {};
  const stop = new AbortController();
  const following = follow(chat, AbortSignal.any([stop.signal, chat.signal]));
  return async () => {
    stop.abort();
    await following;
  };
}

async function follow(chat: Chat, signal: AbortSignal): Promise<void> {
  const { follower, reader, world } = chat;
  while (!signal.aborted) {
    try {
      await world.clock.sleep(lookEvery, signal);
      if (!follower.busy) continue;
      const { lines, view } = await follower.look(world.clock.now());
      reader.above(...lines.map((line) => brokenLine(line, pageWidth(world))));
      if (view === null) continue;
      await tell(chat, view);
      reader.wake();
    } catch (error) {
      if (isAbort(error)) return;
      // a look that failed is repeated; what is wrong is told when the person asks for something
    }
  }
}

/** What happened during the turn is told before the next question, so that a card never stands above older news. */
export async function news(chat: Chat): Promise<void> {
  const { follower, page, world } = chat;
  if (!follower.busy) return;
  const { lines, view } = await follower.look(world.clock.now());
  page.lines(...lines.map((line) => brokenLine(line, pageWidth(world))));
  if (view !== null) await tell(chat, view);
}

/** Through a pipe: the next line is read when the migration has come to rest, as a person would wait. */
export async function untilQuiet(chat: Chat): Promise<void> {
  const { follower, world, page, signal } = chat;
  while (follower.busy && !signal.aborted) {
    const { lines, view } = await follower.look(world.clock.now());
    page.lines(...lines);
    if (view !== null) await tell(chat, view);
    else if (follower.busy) await world.clock.sleep(lookEvery, signal);
  }
}
