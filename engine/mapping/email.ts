/** E-mail addresses as the new system keeps them: without blanks around, in lower case, of plausible form. */

/** One @, no blanks or controls, a domain of labels with a dot. Deliverability is not ours to judge. */
const ADDRESS = /^[^\s@\p{Cc}]{1,64}@[^\s@.\p{Cc}]+(?:\.[^\s@.\p{Cc}]+)+$/u;

/** The normal form, or null where the text is no address. */
export function normalizeEmail(text: string): string | null {
  const email = text.trim().toLowerCase();
  return email.length <= 254 && ADDRESS.test(email) ? email : null;
}
