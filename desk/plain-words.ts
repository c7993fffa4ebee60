/** Words of a model or from a database, safe to be shown: line breaks stay, every other control character goes. */
export function plainWords(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll('\t', '  ')
    .replace(/(?!\n)\p{Cc}|\p{Bidi_Control}/gu, '·');
}
