/**
 * What the guide says, as the page says it: its next steps instead of commands (views/next-on-page.ts). Words go on as they
 * come; from where a line names a command the rest of the line waits until it is whole. However the pieces are cut, the words
 * are the same, so that what was streamed is what is kept.
 */
import { nextOnPage } from '../views/next-on-page.ts';

export interface PageWords {
  /** What can be shown by now. */
  add(text: string): string;
  /** What is left; then it begins anew. */
  end(): string;
}

/** A command, or at the end of what came what may become one. */
const command = /[“`]?\btowpath\b|[“`]?\bt(?:o(?:w(?:p(?:a(?:t)?)?)?)?)?$|[“`]$/;

export function createPageWords(): PageWords {
  let waiting = '';
  /** As much as tells whether a sentence begins. */
  let before = '';

  function told(text: string): string {
    const words = nextOnPage(text, before).words;
    before = (before + text).slice(-2);
    return words;
  }

  return {
    add(text) {
      waiting += text;
      let out = '';
      for (let end = waiting.indexOf('\n'); end !== -1; end = waiting.indexOf('\n')) {
        out += told(waiting.slice(0, end + 1));
        waiting = waiting.slice(end + 1);
      }
      const held = waiting.search(command);
      const free = held === -1 ? waiting : waiting.slice(0, held);
      waiting = waiting.slice(free.length);
      return out + told(free);
    },
    end() {
      const rest = told(waiting);
      waiting = '';
      before = '';
      return rest;
    },
  };
}

/** All of it at once. */
export function pageWords(text: string): string {
  const words = createPageWords();
  return words.add(text) + words.end();
}
