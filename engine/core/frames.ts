/** Where an error came from, without what it says: its text may quote a row. For the log, where nothing else explains it. */
import { join, sep } from 'node:path';

const root = join(import.meta.dirname, '..', '..') + sep;
const deepest = 3;

/** Name and place of an error and of what caused it, such as `TypeError`, `copyRows engine/copy/batch.ts:158:20`. */
export function framesOf(error: unknown, most = 10): string[] {
  const found: string[] = [];
  let cause = error;
  for (let depth = 0; depth < deepest && cause instanceof Error; depth++) {
    found.push(cause.name, ...placesIn(cause).slice(0, most));
    cause = cause.cause;
  }
  return found;
}

/** The text of an error stands in its stack, too, in as many lines as it likes: what follows it begins with “at” and a place. */
function placesIn({ stack = '', message }: Error): string[] {
  const behind = stack.slice(stack.indexOf(message) + message.length);
  return behind.split('\n').flatMap((line) => {
    const [, place] = /^\s+at (.+:\d+:\d+\)?)$/.exec(line) ?? [];
    return place === undefined ? [] : [place.replace('file://', '').replace(root, '')];
  });
}
