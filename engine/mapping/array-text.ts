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
/** A bare element, or a quoted one, up to what ends it. */
const ELEMENT = /\s*(?:"((?:[^"\\]|\\.)*)"|((?:[^\s{},"\\]|\\.)(?:[^{},"\\]|\\.)*))\s*/sy;

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
    ELEMENT.lastIndex = this.at;
    const match = ELEMENT.exec(this.text);
    if (match === null) return false;
    this.at = ELEMENT.lastIndex;
    const [, quoted, bare] = match;
    if (quoted !== undefined) this.items.push(quoted.replace(/\\(.)/gs, '$1'));
    else this.items.push(bareElement(bare!));
    return true;
  }

  private blanks(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }
}

function bareElement(text: string): string | null {
  const end = text.replace(/(?<!\\)\s+$/, '');
  return /^null$/i.test(end) ? null : end.replace(/\\(.)/gs, '$1');
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
