/** The choices at the end of a message, `[A] [B]`, written and read again. */

const line = /^(?:\[[^[\]\n]{1,80}\] ?)+$/;

export function choicesLine(choices: readonly string[]): string {
  return [...new Set(choices.map(label).filter((choice) => choice !== ''))]
    .map((choice) => `[${choice}]`)
    .join(' ');
}

/** Of the last line only. */
export function readChoices(text: string): string[] {
  const last = text.trimEnd().split('\n').at(-1)?.trim() ?? '';
  return line.test(last) ? [...last.matchAll(/\[([^[\]]+)\]/g)].map(([, choice]) => choice!.trim()) : [];
}

/** Of the last line that is one, wherever it stands. */
export function lastChoices(text: string): string[] {
  const last = text.split('\n').findLast((one) => line.test(one.trim()));
  return last === undefined ? [] : readChoices(last);
}

/** Words made from data never end in something that reads as choices. */
export function withoutChoiceLines(words: string): string {
  return words
    .split('\n')
    .map((text) => (text.trim().startsWith('[') ? text.replaceAll('[', '(').replaceAll(']', ')') : text))
    .join('\n');
}

/** Names of a database may stand in a choice: no brackets, no lines, no more than fits a button. */
function label(choice: string): string {
  const flat = choice.replace(/[[\]\s]+/g, ' ').trim();
  return flat.length > 60 ? `${flat.slice(0, 59)}…` : flat;
}

export function sameChoice(a: string, b: string): boolean {
  return bare(a) === bare(b);
}

function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/[[\]“”"'’.?!,…]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
