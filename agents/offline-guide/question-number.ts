/** Which question of the plan was asked or spoken of last, as the guide's own words say it. */
const asked = /\bQuestion (\d{1,4}): /g;

/** Null: the words ask none. The last one counts: an answer is told before the next question. */
export function readQuestionNumber(words: string): number | null {
  const last = [...words.matchAll(asked)].at(-1);
  return last ? Number(last[1]) : null;
}
