/** Marks of speech that people without technical training stumble over, or that promise what was not looked up. */

/** Words of the trade; in order only where the person used them or the case says so. */
const tradeWords =
  /\b(foreign keys?|primary keys?|schemas?|constraints?|uuids?|varchar|jsonb?|booleans?|null|sql|ddl|regex|orphans?|catalogs?|entit(?:y|ies)|batch(?:es)?|checkpoints?|rollbacks?|hash(?:es)?|idempotent|enums?|tuples?|rows?|columns?|tables?|indexes|transforms?|mappings?|payload|json|api|validation|quarantine|gates?|types?|keys?|ids?)\b/gi;

/** Said so often by people that they count as plain. */
const plainEnough = new Set(['type', 'types', 'key', 'keys', 'row', 'rows', 'table', 'tables', 'id', 'ids']);

const praise =
  /\b(great|excellent|awesome|amazing|fantastic|perfect|wonderful|good) (question|choice|idea|point|job|work|news)\b|\bwell done\b|\bhappy to help\b|\bsorry\b.*\bsorry\b/i;
const guesses = /\b(should be fine|probably|i think|i guess|i believe|presumably)\b/i;

export function tradeWordsIn(text: string): string[] {
  const found = [...withoutNames(text).matchAll(tradeWords)].map(([word]) => word.toLowerCase());
  return [...new Set(found)].filter((word) => !plainEnough.has(word));
}

/** Null: nothing to object to. */
export function objectionTo(text: string): string | null {
  if (/[!！]/.test(withoutNames(text))) return 'an exclamation mark';
  if (/\p{Extended_Pictographic}/u.test(text)) return 'an emoji';
  const found = praise.exec(text) ?? guesses.exec(text);
  return found === null ? null : `“${found[0]}”`;
}

/** Questions put to the person; what is in quotes or offered as a choice is none. */
export function questionsIn(text: string): number {
  return (withoutNames(text).match(/\?/g) ?? []).length;
}

/** Numbers from ten up, without their grouping; smaller ones count steps and options. */
export function numbersIn(text: string): string[] {
  const found = text.match(/\d(?:[\d,]*\d)?(?:\.\d+)?/g) ?? [];
  return [...new Set(found.map((number) => number.replaceAll(',', '')))].filter(
    (number) => Number(number) >= 10,
  );
}

/** Names from the database, of files, and offered choices are not the guide's own words. */
function withoutNames(text: string): string {
  return text.replace(/“[^”]*”|"[^"]*"|`[^`]*`|\[[^\]]*\]|\S*\/\S+|\b\w+(?:[_.]\w+)+\b/g, ' ');
}
