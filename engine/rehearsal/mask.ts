/** Hides a personal value and leaves its form: first letter of each word, digits as 0, the domain's ending of an address. */
export function maskValue(value: string): string {
  if (value === '{}' || value === '') return value;
  const at = value.lastIndexOf('@');
  if (at > 0) return `${mask(value.slice(0, at))}@${mask(value.slice(at + 1))}`;
  return mask(value.slice(0, 60)) + (value.length > 60 ? '…' : '');
}

function mask(text: string): string {
  return text.replace(/\p{L}[\p{L}\p{M}]*/gu, (word) => `${[...word][0]}•••`).replace(/\d/g, '0');
}
