/**
 * What would switch the check off, or change the contract that is checked against, is a problem of its own: also in a text
 * or a comment, because telling those apart as the compiler does takes the compiler, and it reads such words in any case.
 */
import type { TypeProblem } from '../contract.ts';

/** No pattern here may look back or repeat: a line can be 250 000 characters of anything. */
const switches: readonly (readonly [RegExp, string])[] = [
  [/@ts-(?:nocheck|ignore|expect-error)\b/i, 'The type check must not be switched off by a comment.'],
  [/\/\/\/[ \t]*</, 'The code must not refer to other files or libraries.'],
  [/\bdeclare\s*(?:\/[*/]|(?:global|module)\b)/, 'The code must not declare anything global.'],
];

export function findSwitches(source: string): TypeProblem[] {
  return source.split('\n').flatMap((text, index) =>
    switches.flatMap(([pattern, message]) => {
      const at = text.search(pattern);
      return at < 0 ? [] : [{ line: index + 1, column: at + 1, message }];
    }),
  );
}
