/**
 * What the engine says may end in “More: docs/recovery.md#…”: for a terminal the place to read on, for the page the same
 * entry under Help. Only an entry of the handbook becomes a link, whatever else the words hold.
 */
export interface ReadOn {
  readonly words: string;
  /** Entries of the handbook that the words name; as a rule one or none. */
  readonly entries: readonly string[];
}

const named = /\s*(?:More: )?docs\/recovery\.md#([a-z][a-z0-9_]*)\b\.?/g;

export function readOn(text: string): ReadOn {
  const entries = [...text.matchAll(named)].map(([, entry]) => entry!);
  return { words: text.replace(named, '').trim(), entries: [...new Set(entries)] };
}

export function helpAbout(code: string): string {
  return `/help?about=${code.toLowerCase()}`;
}

/** A command, a setting or a file: nothing that can be done on the page. */
const ofTerminal =
  /\b(?:towpath|npm|npx|psql|pg_dump) [a-z-]|(?:^|[\s“`])--[a-z]|\.env\b|\b[A-Z]{2,}(?:_[A-Z]{2,})+\b|\blogs\//;

/** Says what somebody can do who sits where Towpath runs, not who reads the page. */
export function isForRunner(hint: string): boolean {
  return ofTerminal.test(hint);
}
