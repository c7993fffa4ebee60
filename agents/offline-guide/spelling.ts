/**
 * Mends one wrong letter in the words that the patterns turn on: one too many, one missing, one wrong, two swapped.
 * Only long words: in short ones a single letter makes another word.
 */
const keyWords =
  'explain describe rehearse rehearsal migrate migration rollback validate validation approve approval continue resume cancel pause report column columns table tables database status rename exclude quarantine mapping progress records record settings password everything happened filter suggestion suggestions accept reject default money connect start begin found wrong finished instructions privacy difference differences checks compare compared records connection uppercase lowercase missing placeholder duplicates problems through should please which model where what show plan undo stop help later hello'
    .split(' ')
    .filter((word) => word.length >= 5);
const known = new Set([
  ...keyWords,
  ...'report reports starts started approved approves explains renames cancels pauses paused tablet tables founds sound round bound wrongs honey there these those their shows checked check stare world would could field fields shared state states stated'.split(
    ' ',
  ),
]);

export function mendSpelling(plain: string): string {
  return plain
    .split(' ')
    .map((word) => (isSafe(word) ? word : (keyWords.find((key) => isOneLetterOff(word, key)) ?? word)))
    .join(' ');
}

function isSafe(word: string): boolean {
  return word.length < 5 || known.has(word) || !/^[a-z]+$/.test(word);
}

/** Edit distance of exactly one, a swap of neighbours counting as one. */
export function isOneLetterOff(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
