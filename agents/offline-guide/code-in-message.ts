/** Code that a person writes or pastes into a message: it is handed over as it is and read for no wish. */

const FENCED = /```[a-z]*\n?([\s\S]*?)(?:```|$)/i;
const BARE = /(?:^|\s)((?:(?:const|let|function|type|interface) [\s\S]*?)?export default [\s\S]*)$/;

export interface Message {
  readonly words: string;
  readonly code: string | null;
}

export function splitCode(message: string): Message {
  const found = FENCED.exec(message) ?? BARE.exec(message);
  const code = found?.[1]?.trim() ?? '';
  if (found === null || !code.includes('export default')) return { words: message, code: null };
  const words = `${message.slice(0, found.index)} ${message.slice(found.index + found[0].length)}`.trim();
  return { words: words === '' ? 'try this code' : words, code: `${code}\n` };
}
