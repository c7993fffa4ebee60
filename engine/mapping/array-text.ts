/**
 * PostgreSQL's text form of arrays: `{1,NULL,"a,b"}`, `{{1,2},{3,4}}`, `[0:1]={5,6}` (source: array_in and array_out in
 * src/backend/utils/adt/arrayfuncs.c). The separator is a comma for all types but box, which nobody transforms.
 */

export interface ArrayValue {
  /** Per dimension: how many, and the number of the first. */
  readonly lengths: readonly number[];
  readonly starts: readonly number[];
  /** In storage order. */
  readonly items: readonly (string | null)[];
}

const MOST_DIMENSIONS = 6;
const BOUNDS = /^((?:\[[+-]?\d{1,9}:[+-]?\d{1,9}\])+)=/;
/** What the server takes for a blank: no-break spaces and their kin belong to the text. */
const BLANKS = ' \t\n\r\v\f';
const STOP_IN_QUOTES = /["\\]/g;
const STOP_IN_BARE = /[{},"\\]/g;

/** Null where the text is no array. */
export function readArrayText(text: string): ArrayValue | null {
  const trimmed = text.trim();
  const bounds = BOUNDS.exec(trimmed);
  const read = new ArrayReader(trimmed, bounds === null ? 0 : bounds[0].length).read();
  if (read === null || bounds === null) return read;
  const starts = [...bounds[1]!.matchAll(/\[([+-]?\d+):([+-]?\d+)\]/g)].map(([, low, high]) => ({
    low: Number(low),
    length: Number(high) - Number(low) + 1,
  }));
  const fits =
    starts.length === read.lengths.length && starts.every(({ length }, i) => length === read.lengths[i]);
  return fits ? { ...read, starts: starts.map(({ low }) => low) } : null;
}

class ArrayReader {
  private readonly text: string;
  private at: number;
  private readonly lengths: number[] = [];
  private readonly items: (string | null)[] = [];
  /** Depth at which elements stand. */
  private leaf = -1;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  read(): ArrayValue | null {
    if (!this.level(0) || this.at !== this.text.length) return null;
    if (this.items.length === 0) return { lengths: [], starts: [], items: [] };
    return { lengths: this.lengths, starts: this.lengths.map(() => 1), items: this.items };
  }

  /** One pair of braces; all of a depth hold equally many. */
  private level(depth: number): boolean {
    if (depth >= MOST_DIMENSIONS || this.text[this.at] !== '{') return false;
    this.at++;
    this.blanks();
    let count = 0;
    if (this.text[this.at] === '}') this.at++;
    else {
      do {
        if (!this.member(depth)) return false;
        count++;
        this.blanks();
      } while (this.text[this.at++] === ',');
      if (this.text[this.at - 1] !== '}') return false;
    }
    if (this.lengths[depth] === undefined) this.lengths[depth] = count;
    return this.lengths[depth] === count;
  }

  private member(depth: number): boolean {
    this.blanks();
    if (this.text[this.at] === '{') return (this.leaf < 0 || depth < this.leaf) && this.level(depth + 1);
    if (this.leaf >= 0 && this.leaf !== depth) return false;
    if (this.lengths.length > depth + 1) return false;
    this.leaf = depth;
    return this.text[this.at] === '"' ? this.quoted() : this.bare();
  }

  private quoted(): boolean {
    let item = '';
    let from = ++this.at;
    for (;;) {
      STOP_IN_QUOTES.lastIndex = from;
      const stop = STOP_IN_QUOTES.exec(this.text);
      if (stop === null) return false;
      item += this.text.slice(this.at, stop.index);
      if (stop[0] === '"') {
        this.at = stop.index + 1;
        this.items.push(item);
        return true;
      }
      // The next character, whatever it is, stands for itself.
      this.at = stop.index + 1;
      from = stop.index + 2;
    }
  }

  private bare(): boolean {
    const start = this.at;
    let end = start;
    for (;;) {
      STOP_IN_BARE.lastIndex = end;
      const stop = STOP_IN_BARE.exec(this.text);
      if (stop === null || stop[0] === '"' || stop[0] === '{') return false;
      end = stop.index;
      if (stop[0] !== '\\') break;
      end += 2;
    }
    this.at = end;
    if (end === start || end > this.text.length) return false;
    this.items.push(bareElement(this.text.slice(start, end)));
    return true;
  }

  private blanks(): void {
    while (BLANKS.includes(this.text[this.at] ?? 'x')) this.at++;
  }
}

function withoutBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && BLANKS.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** Blanks at the end do not count, unless a backslash stands before. */
function bareElement(text: string): string | null {
  const bare = withoutBlanks(text);
  const end = /(?:^|[^\\])(?:\\\\)*\\$/.test(bare.slice(-1000)) ? text.slice(0, bare.length + 1) : bare;
  return /^null$/i.test(end) ? null : end.replace(/\\([\s\S])/g, '$1');
}

export function arrayText({ lengths, starts, items }: ArrayValue): string {
  if (items.length === 0) return '{}';
  let next = 0;
  const level = (depth: number): string => {
    const parts: string[] = [];
    for (let i = 0; i < lengths[depth]!; i++)
      parts.push(depth + 1 < lengths.length ? level(depth + 1) : elementText(items[next++]!));
    return `{${parts.join(',')}}`;
  };
  const bounds = starts.some((start) => start !== 1)
    ? `${starts.map((start, i) => `[${start}:${start + lengths[i]! - 1}]`).join('')}=`
    : '';
  return `${bounds}${level(0)}`;
}

function elementText(item: string | null): string {
  if (item === null) return 'NULL';
  const plain = item !== '' && !/[{}",\\\s]/.test(item) && !/^null$/i.test(item);
  return plain ? item : `"${item.replace(/["\\]/g, '\\$&')}"`;
}
