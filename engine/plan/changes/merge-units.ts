/**
 * Two texts of a plan, before an edit and after it was printed anew: the result has the lines of the first wherever their
 * meaning is the same. A unit is a section of the plan or one of its entities, with the comments above it. Where
 * units cannot be told apart there is no result; whoever uses one reads it, to see that it says the same.
 */
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

export interface Unit {
  readonly key: string;
  /** What it says, to be compared. */
  readonly value: string;
  readonly text: string;
}

/** Null where units cannot be told apart. */
export function mergeUnits(old: readonly Unit[] | null, printed: string): string | null {
  const lines = new LineCounter();
  const now = unitsOf(printed, parseDocument(printed, { lineCounter: lines, merge: false }), lines);
  if (old === null || now === null) return null;
  const kept = new Map(old.map((unit) => [unit.key, unit]));
  const merged = now.map((unit) => (kept.get(unit.key)?.value === unit.value ? kept.get(unit.key)! : unit));
  return merged.map((unit) => (unit.text.endsWith('\n') ? unit.text : `${unit.text}\n`)).join('');
}

/** The list of entities begins a unit of its own, which holds its head line only. */
export function unitsOf(text: string, document: Document.Parsed, lines: LineCounter): Unit[] | null {
  const root = document.contents;
  if (document.errors.length > 0 || !isMap(root) || root.flow) return null;
  const starts: { key: string; value: string; line: number }[] = [];
  const add = (key: string, node: unknown, value: unknown) => {
    const offset = isNode(node) ? (node as Node).range?.[0] : undefined;
    if (offset !== undefined)
      starts.push({ key, value: JSON.stringify(value) ?? '', line: lines.linePos(offset).line });
    return offset !== undefined;
  };
  for (const pair of root.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    const list = key === 'entities' && isSeq(pair.value) && !pair.value.flow ? pair.value : null;
    if (!add(key, pair.key, list === null && isNode(pair.value) ? pair.value.toJS(document) : null))
      return null;
    for (const item of list?.items ?? []) {
      if (!isMap(item) || !add(`entity ${String(item.get('name'))}`, item, item.toJS(document))) return null;
    }
  }
  return cut(text, starts);
}

/** Comments and empty lines above a unit belong to it. */
function cut(text: string, starts: readonly { key: string; value: string; line: number }[]): Unit[] | null {
  const lines = text.split(/(?<=\n)/);
  const firsts = starts.map(({ line }, i) => {
    const floor = i === 0 ? 0 : starts[i - 1]!.line;
    let first = line - 1;
    while (first > floor && /^\s*(#.*)?$/.test(lines[first - 1]!.trimEnd())) first--;
    return i === 0 ? 0 : first;
  });
  const apart = firsts.every(
    (first, i) => i === 0 || (first > firsts[i - 1]! && starts[i]!.line > starts[i - 1]!.line),
  );
  if (!apart) return null;
  return starts.map(({ key, value }, i) => ({
    key,
    value,
    text: lines.slice(firsts[i], firsts[i + 1]).join(''),
  }));
}
