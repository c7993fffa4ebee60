/**
 * A plan's text as something to be edited by names. Promise: what an edit does not touch stays as it was written, to the
 * letter: comments, order, quotes, indentation. An entity or section that is edited is written anew by the YAML library,
 * with its own comments; all others keep their lines. A plan on one line (JSON) is written anew as a whole.
 */
import { type Document, isMap, isNode, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import { planOrThrow, readPlanDocument } from '../plan-document.ts';
import type { PlanFile } from '../plan-file.ts';
import { mergeUnits, unitsOf } from './merge-units.ts';

export interface PlanEdit {
  /** As it was before the edit. */
  readonly plan: PlanFile;
  readonly document: Document;
  entity(name: string): YAMLMap;
  column(entity: string, to: string): YAMLMap;
  /** A list of an entity or of the plan, made where it is missing; `after` tells behind which keys. */
  list(map: YAMLMap, key: string, after: readonly string[]): YAMLSeq;
  /** Sets a field; a new one stands behind the last of `after` that is there. Undefined takes it away. */
  set(map: YAMLMap, key: string, value: unknown, after: readonly string[]): void;
  /** Takes out the items of a list that `gone` says; an empty list goes too. */
  remove(map: YAMLMap, key: string, gone: (item: unknown) => boolean): void;
  root(): YAMLMap;
  /** As the library prints it, and with the lines of what was not edited as they were; null where they cannot be told apart. */
  texts(): { readonly merged: string | null; readonly printed: string };
}

/** @throws MigrationError PLAN_INVALID where the text is no plan */
export function editPlanText(before: string): PlanEdit {
  const { read, document, lines } = readPlanDocument(before);
  const plan = planOrThrow(read, 'plan');
  const units = unitsOf(before, document, lines);
  const root = () => mapOf(document.contents);
  const node = (value: unknown) =>
    document.createNode(value, { flow: !holdsLines(value), aliasDuplicateObjects: false });

  function set(map: YAMLMap, key: string, value: unknown, after: readonly string[]): void {
    if (value === undefined) {
      map.delete(key);
      return;
    }
    if (map.has(key)) {
      replace(map, key, node(value));
      return;
    }
    const places = map.items.map((item) => String(item.key));
    const at = Math.max(...after.map((name) => places.indexOf(name)));
    const pair = document.createPair(key, node(value));
    if (at === -1) map.items.push(pair);
    else map.items.splice(at + 1, 0, pair);
  }

  function entity(name: string): YAMLMap {
    return itemNamed(root().get('entities'), 'name', name);
  }

  return {
    plan,
    document,
    root,
    entity,
    column: (name, to) => itemNamed(entity(name).get('columns'), 'to', to),
    set,
    list(map, key, after) {
      if (!isSeq(map.get(key))) set(map, key, [], after);
      const list = seqOf(map.get(key));
      if (list.items.length === 0) list.flow = false;
      return list;
    },
    remove(map, key, gone) {
      const list = map.get(key);
      if (!isSeq(list)) return;
      list.items = list.items.filter((item) => !gone(plain(item)));
      if (list.items.length === 0) map.delete(key);
    },
    texts() {
      const printed = document.toString({ lineWidth: 0, flowCollectionPadding: true });
      return { merged: mergeUnits(units, printed), printed };
    },
  };
}

/** The comments beside and above a value stay. */
function replace(map: YAMLMap, key: string, next: Node): void {
  const old = map.get(key, true) as unknown;
  if (isScalar(old) && isScalar(next)) {
    old.value = next.value;
    return;
  }
  if (isNode(old)) {
    next.comment = old.comment ?? null;
    next.commentBefore = old.commentBefore ?? null;
    next.spaceBefore = old.spaceBefore ?? false;
  }
  map.set(key, next);
}

/** What a node holds. */
export function plain(node: unknown): unknown {
  return isMap(node) || isSeq(node)
    ? node.toJSON()
    : node !== null && typeof node === 'object' && 'value' in node
      ? node.value
      : node;
}

function itemNamed(list: unknown, key: string, name: string): YAMLMap {
  const found = seqOf(list).items.find((item) => isMap(item) && item.get(key) === name);
  return mapOf(found);
}

function mapOf(node: unknown): YAMLMap {
  if (isMap(node)) return node;
  throw new TypeError('a plan that was read has a map here');
}

function seqOf(node: unknown): YAMLSeq {
  if (isSeq(node)) return node;
  throw new TypeError('a plan that was read has a list here');
}

/** Code is read by people: its lines stay lines. */
function holdsLines(value: unknown): boolean {
  const source = typeof value === 'object' && value !== null && 'source' in value ? value.source : null;
  return typeof source === 'string' && source.includes('\n');
}
