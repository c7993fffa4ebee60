/**
 * docs/recovery.md as data: one entry for every error code, by section. Its form is held by a test of the house; what does
 * not have that form is left out, and nothing in it becomes markup.
 */
export interface Entry {
  /** As it stands in addresses: the code in small letters. */
  readonly id: string;
  readonly code: string;
  readonly happened: string;
  readonly target: string;
  readonly next: string;
}

export interface Section {
  readonly title: string;
  readonly entries: readonly Entry[];
}

export function readHandbook(markdown: string): readonly Section[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((section) => ({ title: firstLine(section), entries: entriesOf(section) }))
    .filter(({ entries }) => entries.length > 0);
}

/** The entry that a message names; null: there is none of that name. */
export function entryOf(sections: readonly Section[], id: string | null): Entry | null {
  if (id === null) return null;
  return sections.flatMap(({ entries }) => entries).find((entry) => entry.id === id.toLowerCase()) ?? null;
}

/** Those that have all of the words somewhere. */
export function search(sections: readonly Section[], words: string): readonly Section[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const has = ({ code, happened, target, next }: Entry) => {
    const text = `${code} ${happened} ${target} ${next}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  };
  return sections
    .map(({ title, entries }) => ({ title, entries: entries.filter(has) }))
    .filter(({ entries }) => entries.length > 0);
}

function entriesOf(section: string): Entry[] {
  return section
    .split(/^### /m)
    .slice(1)
    .flatMap((text) => {
      const code = firstLine(text);
      const [happened, target, next] = ['What happened', 'In the target', 'Next'].map((name) =>
        factOf(text, name),
      );
      if (happened === undefined || target === undefined || next === undefined) return [];
      return [{ id: code.toLowerCase(), code, happened, target, next }];
    });
}

/** Up to the next fact or the end, on one line. */
function factOf(text: string, name: string): string | undefined {
  const [, said] =
    new RegExp(`^- \\*\\*${name}:\\*\\* ([\\s\\S]*?)(?=\\n- \\*\\*|\\n\\n|\\s*$(?![\\s\\S]))`, 'm').exec(
      text,
    ) ?? [];
  return said?.replace(/\s+/g, ' ').trim();
}

function firstLine(text: string): string {
  return text.slice(0, text.indexOf('\n')).trim();
}

export interface Piece {
  /** What is typed where Towpath runs, or words. */
  readonly kind: 'words' | 'code';
  readonly text: string;
}

/** Of links to other pages of the handbook only their words stand: those pages are not served. */
export function piecesOf(text: string): readonly Piece[] {
  return text
    .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .split(/(`[^`]+`)/)
    .filter(Boolean)
    .map((part) =>
      /^`.+`$/.test(part) ? { kind: 'code', text: part.slice(1, -1) } : { kind: 'words', text: part },
    );
}
