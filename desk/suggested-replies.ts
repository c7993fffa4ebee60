/**
 * The guide ends what it says with a line of suggested replies, `[A] [B]`. Here they are taken out of words that stream: a
 * line that begins like one is held back until it is known to be something else.
 */
import { readChoices } from '../agents/offline-guide/choices.ts';

export interface SplitWords {
  readonly text: string;
  readonly replies: readonly string[];
}

export interface ReplySplitter {
  /** Returns what can be shown already. */
  add(text: string): string;
  /** What was held back: more text, or the replies. */
  end(): SplitWords;
}

/** A line of replies is not longer; what is longer is shown. */
const longestLine = 1000;

export function createReplySplitter(): ReplySplitter {
  let held = '';
  return {
    add(text) {
      held += text;
      const from = heldFrom(held);
      const shown = held.slice(0, from);
      held = held.slice(from);
      return shown;
    },
    end() {
      const rest = held;
      held = '';
      const replies = readChoices(rest);
      return replies.length === 0 ? { text: rest, replies } : { text: '', replies };
    },
  };
}

export function splitReplies(words: string): SplitWords {
  const splitter = createReplySplitter();
  const text = splitter.add(words);
  const rest = splitter.end();
  return { text: text + rest.text, replies: rest.replies };
}

/** Where the last line begins with the space before it, if it may be one of replies; else the end. */
function heldFrom(text: string): number {
  const line = text.trimEnd().lastIndexOf('\n') + 1;
  const begun = text.slice(line).trimStart();
  if (begun !== '' && (!begun.startsWith('[') || begun.length > longestLine)) return text.trimEnd().length;
  return text.slice(0, line).trimEnd().length;
}
