/** A risk's sentence once an entity is gone: without its name in a list, or none at all where it was about nothing else. */
import { joinNames } from './words.ts';

export function riskWithout(text: string, name: string, entities: readonly string[]): string | null {
  const word = [...entities].sort((a, b) => b.length - a.length).join('|');
  const lists = new RegExp(`(?<![\\w.])(?:${word})(?:, (?:${word}))*(?: and (?:${word}))?(?![\\w.])`, 'g');
  let emptied = false;
  const next = text.replace(lists, (list) => {
    const names = list.split(/, | and /);
    if (!names.includes(name)) return list;
    const left = names.filter((item) => item !== name);
    // A ring of one is none.
    emptied ||= left.length === 0 || (left.length === 1 && text.includes('refer to each other'));
    return joinNames(left);
  });
  return emptied ? null : next;
}
