/**
 * A conversation with the guide in a terminal or through a pipe. Between two turns: news of the migration, then the
 * approval that waits, if any, then the person's line. Ending it ends nothing else: the migration has a process of its own.
 */

import { decide } from '../../desk/decide.ts';
import type { GuideAtHand } from '../../desk/guide-at-hand.ts';
import { viewWords } from '../../desk/guide-words.ts';
import type { MessageNotes } from '../../desk/past-messages.ts';
import type { ApprovalCard } from '../../engine/contract/approvals.ts';
import { isAbort } from '../../engine/core/errors.ts';
import type { World } from '../command.ts';
import { asMigrationError, errorLines } from '../report-error.ts';
import { pageWidth } from '../text/broken-line.ts';
import { askUnderCard, cardLines, cardWords, reminderLines, reminderWords } from './approval-prompt.ts';
import { followAtPrompt, news, tell, untilQuiet } from './between-turns.ts';
import type { Chat, ChatOptions } from './chat-in-hand.ts';
import { createJourneyFollower } from './follow-journey.ts';
import { createLineReader, type Typed } from './line-reader.ts';
import { createChatPage, prompts } from './page.ts';
import { answerCommand } from './slash-commands.ts';

/** How long an approved step may take before the person can go on talking. */
const soonAnswer = 1500;

/** Returns when the person leaves or the input ends. */
export async function runChat(world: World, hand: GuideAtHand, options: ChatOptions): Promise<void> {
  const controller = new AbortController();
  const interrupt = () => {
    controller.abort();
    reader.end();
  };
  const reader = createLineReader(world, interrupt);
  const dispose = world.onInterrupt(interrupt);
  const chat: Chat = {
    ...options,
    world,
    hand,
    reader,
    page: createChatPage(world),
    follower: createJourneyFollower(hand),
    signal: controller.signal,
    shown: new Set(),
    approved: null,
  };
  try {
    await settle(chat, () => takeUp(chat));
    while (await nextTurn(chat)) {
      // each turn is whole in itself
    }
  } finally {
    dispose();
    reader.close();
  }
}

/** A guided migration that is under way is gone on with where it was: what it waits for is said first. */
async function takeUp(chat: Chat): Promise<void> {
  const { hand, as, follower, conversation } = chat;
  const found = await hand.guide.current();
  const isOpen = found.state === 'interrupted' || found.state === 'waiting';
  // what it waited for may be overtaken: then it looks again
  const view = isOpen ? await hand.guide.start(as, { milliseconds: soonAnswer }) : found;
  const isNews = view.state === 'working' || (view.state === 'waiting' && view.card?.kind !== 'approval');
  const last = await conversation.last();
  if (isNews && last?.guide !== viewWords(view)) await tell(chat, view);
  await follower.begin(view);
}

/** False: the conversation is over. */
async function nextTurn(chat: Chat): Promise<boolean> {
  await settle(chat, () => (chat.page.isTerminal ? news(chat) : untilQuiet(chat)));
  if (chat.signal.aborted) return false;
  const [card] = await cardsOf(chat);
  const stopFollowing = followAtPrompt(chat);
  try {
    const under =
      card === undefined ? talking(await chat.reader.read(prompts.talk)) : await underCard(chat, card);
    await stopFollowing();
    if (under.kind === 'other') return await answer(chat, under);
    if (card !== undefined) await settle(chat, () => decideCard(chat, card, under));
    return true;
  } finally {
    await stopFollowing();
  }
}

/** Newest first: what was just asked for is what a person now has in mind. */
async function cardsOf({ hand, page }: Chat): Promise<readonly ApprovalCard[]> {
  try {
    return (await hand.journey.state()).approvals;
  } catch (error) {
    page.lines(...errorLines(asMigrationError(error), false));
    return [];
  }
}

/** Talk that came after a card may have ended in a question of its own, so from then on a yes is not meant for the card. */
function underCard(chat: Chat, card: ApprovalCard) {
  const { page, shown, world } = chat;
  const shownBefore = shown.has(card.id);
  shown.add(card.id);
  page.lines(...(shownBefore ? reminderLines(card, pageWidth(world)) : cardLines(card, pageWidth(world))));
  return askUnderCard(card, { ...chat, words: shownBefore ? reminderWords : cardWords });
}

const talking = (typed: Typed) => ({ kind: 'other', typed }) as const;

async function answer(chat: Chat, { typed }: { readonly typed: Typed }): Promise<boolean> {
  if (typed.kind === 'end') return false;
  if (typed.kind === 'woken') return true;
  const text = typed.text.trim();
  if (text === '') return true;
  if (!text.startsWith('/')) {
    await settle(chat, () => talk(chat, text, { by: chat.as }));
    return true;
  }
  if (text === '/quit' || text === '/exit') return false;
  await settle(chat, async () => {
    const lines = await answerCommand(text, chat.hand, pageWidth(chat.world));
    chat.page.lines(...(lines ?? [`There is no ${text}. “/help” lists what there is.`]), '');
  });
  return true;
}

/** Nothing that goes wrong in a turn ends the conversation. */
async function settle({ page, signal }: Chat, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isAbort(error) || signal.aborted) return;
    page.lines(...errorLines(asMigrationError(error), false), '');
  }
}

async function talk(
  { conversation, page, follower, signal }: Chat,
  text: string,
  notes: MessageNotes,
): Promise<void> {
  page.lines('');
  try {
    await page.turn(conversation.say(text, signal, notes));
  } finally {
    page.lines('');
    await follower.begin();
  }
}

async function decideCard(
  chat: Chat,
  card: ApprovalCard,
  under: { readonly kind: 'grant'; readonly reason: string | null } | { readonly kind: 'decline' },
): Promise<void> {
  const { page, hand, as, follower } = chat;
  const decision = {
    decision: under.kind,
    by: as,
    ...(under.kind === 'grant' && under.reason !== null ? { reason: under.reason } : {}),
  };
  const decided = await decide(hand, card.id, decision, { milliseconds: soonAnswer });
  page.lines(under.kind === 'grant' ? `Approved by ${as}.` : `Declined by ${as}; nothing has happened.`);
  if (decided.next === 'talk') return talk(chat, decided.event, { told: 'towpath' });
  page.lines('');
  chat.approved = decided.card;
  await tell(chat, decided.view);
  await follower.begin(decided.view);
}
