/**
 * Code that writes several columns of a row at once. What made these columns before goes: their transforms, code of their
 * own, a block that wrote them and nothing else. A column that is not there yet is made where its type is given, because
 * one old column often becomes two new ones.
 */
import { isMap, isSeq, type YAMLMap } from 'yaml';
import { ownCode } from '../code-units.ts';
import { nearest } from '../nearest.ts';
import type { CodeBlock, PlanColumn, PlanEntity } from '../plan-file.ts';
import { transformWords } from '../transform-words.ts';
import { transformsOf } from '../transforms.ts';
import { sourceColumns } from './change-entities.ts';
import {
  AFTER_TRANSFORM,
  AFTER_TYPE,
  type ChangeWords,
  chooseEntity,
  chooseOwnColumn,
  metadataColumn,
  refused,
} from './choose.ts';
import type { PlanEdit } from './edit-plan-text.ts';
import type { ChangeOf } from './plan-change.ts';
import { refuseName } from './rename-column.ts';
import { CHOSEN, refuseLink, renewChecks } from './set-column.ts';
import { goneWithIt, joinNames } from './words.ts';

interface Written {
  readonly name: string;
  /** Undefined: it is made. */
  readonly column: PlanColumn | undefined;
  readonly type: string;
}

export function setCode(edit: PlanEdit, change: ChangeOf<'set-code'>): ChangeWords {
  const entity = chooseEntity(edit.plan, change.entity);
  const written = change.writes.map((wish) => writtenOf(entity, wish));
  const names = written.map(({ name }) => name);
  refuseTwice(entity, names);
  refuseTwice(entity, change.reads);
  refuseUnknown(entity, change.reads);
  const block = replacedBlock(entity, names);
  const before = wordsBefore(entity, written, block);
  const next: CodeBlock = { reads: change.reads, writes: names, source: change.source };
  if (block !== undefined && sameBlock(block, next) && written.every(isUnchanged))
    return { before, after: before };
  const gone = written.flatMap((one) => setWritten(edit, entity, one, change));
  placeBlock(edit, entity, block, next);
  keepUnread(edit, entity, next);
  return { before, after: `${wordsAfter(entity, next, written)}${goneWithIt(gone)}` };
}

function writtenOf(
  entity: PlanEntity,
  { column: said, type }: { readonly column: string; readonly type: string | null },
): Written {
  const name = said.trim();
  if (type?.trim() === 'uuid')
    throw refused(
      `${name} of ${entity.name} cannot be a uuid that code makes: keys and links are worked out from the old keys.`,
      'Give another type, or point at the other record without code.',
    );
  const exact = entity.columns.some(({ to }) => to === name);
  if (!exact && type !== null) {
    refuseName(name, entity.name, new Set());
    return { name, column: undefined, type: type.trim() };
  }
  const column = chooseOwnColumn(entity, name);
  refuseLink(entity, column);
  if (column.money)
    throw refused(
      `The sums of ${column.to} of ${entity.name} are compared to the cent; code would work its amounts out anew.`,
      'Move the amount without code.',
    );
  return { name: column.to, column, type: type?.trim() ?? column.type };
}

function refuseTwice(entity: PlanEntity, names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw refused(`${twice} of ${entity.name} is named twice.`, 'Name each column once.');
}

/** A plan names every old column that there is. */
function refuseUnknown(entity: PlanEntity, reads: readonly string[]): void {
  const known = sourceColumns(entity);
  const unknown = reads.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const meant = nearest(unknown, known);
  throw refused(
    `${entity.source.table} has no column ${unknown} that the code could read.`,
    meant === null ? `Its columns: ${known.slice(0, 20).join(', ')}.` : `Did you mean ${meant}?`,
  );
}

/** What only the code before had read goes to the notes of the record rather than nowhere. */
function keepUnread(edit: PlanEdit, entity: PlanEntity, next: CodeBlock): void {
  const isReplaced = (writes: readonly string[]) => writes.some((name) => next.writes.includes(name));
  const columns = entity.columns.map((column): PlanColumn => {
    return next.writes.includes(column.to) ? { ...column, transform: { kind: 'code' } } : column;
  });
  const others = (entity.code ?? []).filter(({ writes }) => !isReplaced(writes));
  const used = sourceColumns({ ...entity, columns, code: [...others, next] });
  const unread = sourceColumns(entity).filter((name) => !used.includes(name));
  const metadata = metadataColumn(entity);
  const [step] = metadata === undefined ? [] : transformsOf(metadata);
  if (unread.length === 0 || step?.kind !== 'metadata') return;
  const kept = { ...step, columns: [...step.columns, ...unread] };
  edit.set(edit.column(entity.name, metadata!.to), 'transform', kept, []);
}

/** Its own columns may be written by other code, but then the others need theirs, too. */
function replacedBlock(entity: PlanEntity, names: readonly string[]): CodeBlock | undefined {
  const touched = (entity.code ?? []).filter(({ writes }) => writes.some((name) => names.includes(name)));
  for (const { writes } of touched) {
    const left = writes.filter((name) => !names.includes(name));
    if (left.length === 0) continue;
    throw refused(
      `${joinNames(writes)} of ${entity.name} are worked out together by code; without it ${joinNames(left)} would have none.`,
      `Let the new code write ${joinNames(left)} as well.`,
    );
  }
  return touched[0];
}

function isUnchanged({ column, type }: Written): boolean {
  return column !== undefined && column.type === type && !ownCode(column);
}

function sameBlock(a: CodeBlock, b: CodeBlock): boolean {
  const text = ({ source, file, reads, writes }: CodeBlock) => JSON.stringify([source, file, reads, writes]);
  return text(a) === text(b);
}

/** Returns what went with it. */
function setWritten(
  edit: PlanEdit,
  entity: PlanEntity,
  { name, column, type }: Written,
  { reads, reason }: ChangeOf<'set-code'>,
): string[] {
  if (column === undefined) {
    addColumn(edit, entity, { name, type, reason, reads });
    return [];
  }
  const node = edit.column(entity.name, name);
  edit.set(node, 'type', type, ['to', 'from']);
  edit.set(node, 'transform', { kind: 'code' }, AFTER_TYPE);
  if (column.onMisfit === 'placeholder') edit.set(node, 'onMisfit', undefined, []);
  edit.set(node, 'confidence', CHOSEN, AFTER_TRANSFORM);
  edit.set(node, 'reason', reason, [...AFTER_TRANSFORM, 'confidence']);
  return renewChecks(edit, entity, column, { steps: [{ kind: 'code' }], type });
}

interface NewColumn {
  readonly name: string;
  readonly type: string;
  readonly reason: string;
  readonly reads: readonly string[];
}

/** Behind the last column that comes from what the code reads; what is made of a personal value is personal. */
function addColumn(edit: PlanEdit, entity: PlanEntity, { name, type, reason, reads }: NewColumn): void {
  const from = entity.columns.filter((column) => column.from !== undefined && reads.includes(column.from));
  const personal = from.find((column) => column.personal !== undefined)?.personal;
  const column = {
    to: name,
    type,
    nullable: true,
    transform: { kind: 'code' },
    ...(personal === undefined ? {} : { personal }),
    confidence: CHOSEN,
    reason,
  };
  const node = edit.document.createNode(column) as YAMLMap;
  const step = node.get('transform');
  if (isMap(step)) step.flow = true;
  const list = edit.entity(entity.name).get('columns');
  if (!isSeq(list)) throw new TypeError('a plan that was read has a list here');
  const places = list.items.map((item) => (isMap(item) ? String(item.get('to')) : ''));
  const behind = Math.max(-1, ...from.map(({ to }) => places.indexOf(to)));
  const notes = places.indexOf('metadata');
  let at = behind >= 0 ? behind + 1 : notes >= 0 ? notes : places.length;
  // those that this change added just now stay in their order
  while (at < places.length && !entity.columns.some(({ to }) => to === places[at])) at++;
  list.items.splice(at, 0, node);
}

function placeBlock(
  edit: PlanEdit,
  entity: PlanEntity,
  replaced: CodeBlock | undefined,
  { reads, writes, source }: CodeBlock,
): void {
  const node = edit.document.createNode({ reads, writes, source }) as YAMLMap;
  for (const key of ['reads', 'writes']) {
    const list = node.get(key);
    if (isSeq(list)) list.flow = true;
  }
  const map = edit.entity(entity.name);
  const at = replaced === undefined ? -1 : entity.code!.indexOf(replaced);
  const others = (entity.code ?? []).filter(
    (block) => block !== replaced && block.writes.every((name) => writes.includes(name)),
  );
  const list = edit.list(map, 'code', ['columns']);
  if (at >= 0) list.items[at] = node;
  else list.items.push(node);
  list.items = list.items.filter((_, i) => !others.includes(entity.code?.[i] as CodeBlock));
}

function wordsBefore(entity: PlanEntity, written: readonly Written[], block: CodeBlock | undefined): string {
  if (block !== undefined && block.writes.length === written.length) return togetherWords(entity, block);
  const words = written.map(({ name, column }) =>
    column === undefined ? `${name} is not there` : `${name} ${transformWords(transformsOf(column))}`,
  );
  return `In ${entity.name}: ${words.join('; ')}.`;
}

function wordsAfter(entity: PlanEntity, block: CodeBlock, written: readonly Written[]): string {
  const made = written.filter(({ column }) => column === undefined).map(({ name }) => name);
  const also = made.length === 0 ? '' : ` New: ${joinNames(made)}.`;
  return `${togetherWords(entity, block)}${also}`;
}

function togetherWords(entity: PlanEntity, { reads, writes, file }: CodeBlock): string {
  const together = writes.length === 1 ? 'is worked out' : 'are worked out together';
  const by = file === undefined ? 'code' : `the code in ${file}`;
  return `${joinNames(writes)} of ${entity.name} ${together} by ${by} that reads ${joinNames(reads)}.`;
}
