/** What would switch the check off, or change the contract that is checked against, is a problem of its own. */
import type { TypeProblem } from '../contract.ts';

export function findSwitches(source: string): TypeProblem[] {
  return source.split('\n').flatMap((text, index) => {
    const problem = (at: number, message: string) => ({ line: index + 1, column: at + 1, message });
    const comment = /@ts-(?:nocheck|ignore|expect-error)\b/.exec(text);
    const global = /\bdeclare\s+(?:global|module)\b/.exec(text);
    return [
      // no pattern for the slashes before it: a line of a million slashes would take it for ever
      ...(comment !== null && /[/*]$/.test(text.slice(0, comment.index).trimEnd().slice(-1))
        ? [problem(comment.index, 'The type check must not be switched off by a comment.')]
        : []),
      ...(global === null ? [] : [problem(global.index, 'The code must not declare anything global.')]),
    ];
  });
}
