/**
 * Which language the page speaks, and how it writes numbers and dates. Both follow the reader's browser; where the page does
 * not know the reader's language, it writes as English is written in the reader's country: a sentence is counted by the rules
 * of its own language, or one would read “0 row” with a French browser.
 */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

export interface Speech {
  readonly language: Language;
  /** For numbers, dates and the choice between one and many. */
  readonly locale: string;
}

/** `wanted`: as the browser lists them, the dearest first. */
export function speechFor(wanted: readonly string[]): Speech {
  const known = wanted.flatMap((tag) => read(tag) ?? []);
  const spoken = known.find((one) => isLanguage(one.language));
  const language = spoken !== undefined && isLanguage(spoken.language) ? spoken.language : 'en';
  const region = (spoken ?? known[0])?.region ?? known[0]?.maximize().region;
  return { language, locale: region === undefined ? language : `${language}-${region}` };
}

function isLanguage(name: string): name is Language {
  return (languages as readonly string[]).includes(name);
}

/** Null: nothing that names a language. */
function read(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag);
  } catch {
    return null;
  }
}
