/** Rules over the columns of one entity: they exist, stand once, have a source, fit their type; none is forgotten. */
import type { Table } from '../schema/catalog.ts';
import type { PlanPath, Tell } from './finding.ts';
import { heldSources } from './held-sources.ts';
import { MOST_BYTES } from './identifier.ts';
import { lossOf } from './lossy-types.ts';
import { nearest } from './nearest.ts';
import type { PlanColumn, PlanEntity, Transform } from './plan-file.ts';
import { templateParts } from './template-parts.ts';
import { transformsOf } from './transforms.ts';

/** Types are put into DDL as they are, so only what a type can be made of may stand there. */
const TYPE = /^[a-z_"][a-z0-9_ ".]*(\(\s*-?\d+\s*(,\s*-?\d+\s*)?\))?( with(out)? time zone)?(\[\])*$/i;
const SYSTEM_COLUMNS = new Set(['tableoid', 'xmin', 'xmax', 'cmin', 'cmax', 'ctid']);
/** Transforms that make their value without a source column. */
const SOURCELESS = new Set<Transform['kind']>(['uuid', 'constant', 'metadata', 'code', 'template']);

export function checkColumns(entity: PlanEntity, table: Table, at: PlanPath, tell: Tell): void {
  const sources = table.columns.map((column) => column.name);
  const known = new Set(sources);
  const missing = (place: PlanPath, name: string) => {
    if (known.has(name)) return;
    const meant = nearest(name, sources);
    tell(
      place,
      `${table.schema}.${table.name} has no column ${name}.`,
      meant ? `Did you mean ${meant}?` : `Its columns: ${sources.slice(0, 20).join(', ')}.`,
    );
  };
  for (const [i, name] of entity.key.columns.entries()) missing([...at, 'key', 'columns', i], name);
  for (const [i, item] of entity.leftOut.entries()) missing([...at, 'leftOut', i, 'column'], item.column);
  entity.columns.forEach((column, i) => {
    const place = [...at, 'columns', i];
    if (column.from !== undefined) missing([...place, 'from'], column.from);
    for (const name of readBesides(column)) missing([...place, 'transform'], name);
    if (column.money?.currency) missing([...place, 'money', 'currency'], column.money.currency);
    if (column.money?.month) missing([...place, 'money', 'month'], column.money.month);
    checkName(column.to, place, tell);
    checkSource(column, place, tell);
    checkType(column, table, place, tell);
  });
  checkTwice(entity, at, tell);
  checkTargets(entity, at, tell);
  checkKey(entity, table, at, tell);
  checkForgotten(entity, sources, at, tell);
}

/** Source columns that a transform reads besides `from`. */
export function readBesides(column: PlanColumn): string[] {
  return transformsOf(column).flatMap((step) => {
    switch (step.kind) {
      case 'metadata':
        return step.columns;
      case 'polymorphic':
        return [step.typeColumn];
      case 'reference':
      case 'lookup':
        return step.match?.columns ?? [];
      case 'template':
        return templateParts(step.text).pieces.map((piece) => piece.column);
      case 'code':
        return step.reads ?? [];
      default:
        return [];
    }
  });
}

function checkName(name: string, place: PlanPath, tell: Tell): void {
  if (SYSTEM_COLUMNS.has(name))
    tell([...place, 'to'], `Every table has a column ${name} of the server's own.`, 'Choose another name.');
  if (Buffer.byteLength(name) > MOST_BYTES)
    tell([...place, 'to'], `The name ${name} is longer than ${MOST_BYTES} bytes.`, 'Choose a shorter one.');
}

function checkSource(column: PlanColumn, place: PlanPath, tell: Tell): void {
  const steps = transformsOf(column);
  const sourceless =
    column.to === 'legacy_id' ||
    steps.some((step) => SOURCELESS.has(step.kind) || (step.kind === 'lookup' && step.match !== undefined));
  if (column.from === undefined && !sourceless) {
    const required = column.nullable ? '' : ' and must not be empty';
    tell(
      [...place, 'to'],
      `${column.to} has no source${required}.`,
      'Name its source column with from, or use the transform constant.',
    );
  }
  for (const kind of ['uuid', 'reference', 'polymorphic', 'metadata'] as const) {
    if (steps.length > 1 && steps.some((step) => step.kind === kind)) {
      tell(
        [...place, 'transform'],
        `The transform ${kind} must stand alone.`,
        'Take the other transforms of this column out.',
      );
    }
  }
  if (column.onMisfit === 'null' && !column.nullable)
    tell(
      [...place, 'onMisfit'],
      `${column.to} must not be empty, so a misfit cannot become null.`,
      'Use quarantine, or default with a value.',
    );
  if (column.onMisfit === 'default' && column.default === undefined)
    tell([...place, 'onMisfit'], 'There is no default to use.', 'Add default, or use quarantine.');
  const references = steps.filter((step) => step.kind === 'reference' || step.kind === 'polymorphic');
  if (references.some((step) => step.onMissing === 'null') && !column.nullable) {
    tell(
      [...place, 'transform'],
      `${column.to} must not be empty, so a missing parent cannot become null.`,
      'Use onMissing: quarantine, or let the column be nullable.',
    );
  }
}

function checkType(column: PlanColumn, table: Table, place: PlanPath, tell: Tell): void {
  const kinds = transformsOf(column).map((step) => step.kind);
  if (!TYPE.test(column.type)) {
    tell(
      [...place, 'type'],
      `${column.type} is not a type of PostgreSQL.`,
      'Write it as PostgreSQL prints it, for example character varying(80).',
    );
    return;
  }
  if (
    kinds.some((kind) => kind === 'uuid' || kind === 'reference' || kind === 'polymorphic') &&
    column.type !== 'uuid'
  ) {
    tell(
      [...place, 'type'],
      `The transform ${kinds[0]} makes a uuid, but the column is ${column.type}.`,
      'Set type: uuid.',
    );
  }
  if (kinds.includes('metadata') && column.type !== 'jsonb')
    tell([...place, 'type'], 'Metadata is jsonb.', 'Set type: jsonb.');
  const source = table.columns.find((item) => item.name === column.from);
  if (!source) return;
  const loss = lossOf(source.type, column.type, kinds);
  if (loss) tell([...place, 'type'], loss.message, loss.hint, loss.severity);
}

function checkTwice(entity: PlanEntity, at: PlanPath, tell: Tell): void {
  const seen = new Set<string>();
  entity.columns.forEach((column, i) => {
    if (seen.has(column.to))
      tell(
        [...at, 'columns', i, 'to'],
        `The column ${column.to} stands twice.`,
        'Rename or remove one of them.',
      );
    seen.add(column.to);
  });
}

/** Deferred columns, keys, indexes name columns of this entity. */
function checkTargets(entity: PlanEntity, at: PlanPath, tell: Tell): void {
  const targets = entity.columns.map((column) => column.to);
  const implied = ['created_at', 'updated_at'];
  const check = (place: PlanPath, name: string) => {
    if (targets.includes(name) || implied.includes(name)) return;
    const meant = nearest(name, targets);
    tell(place, `${entity.name} has no column ${name}.`, meant ? `Did you mean ${meant}?` : 'Take it out.');
  };
  entity.deferred.forEach((name, i) => {
    check([...at, 'deferred', i], name);
    const column = entity.columns.find((item) => item.to === name);
    const reference =
      column && transformsOf(column).some((step) => step.kind === 'reference' || step.kind === 'polymorphic');
    if (column && !reference)
      tell(
        [...at, 'deferred', i],
        `${name} is not a reference, so there is nothing to settle later.`,
        'Take it out of deferred.',
      );
  });
  for (const list of ['uniques', 'indexes'] as const) {
    for (const [i, item] of entity[list].entries()) {
      for (const [k, name] of item.columns.entries()) check([...at, list, i, 'columns', k], name);
    }
  }
}

function checkKey(entity: PlanEntity, table: Table, at: PlanPath, tell: Tell): void {
  const { columns, kind } = entity.key;
  const expected = columns.length === 0 ? 'none' : columns.length > 1 ? 'composite' : null;
  if (expected ? kind !== expected : kind === 'none' || kind === 'composite') {
    tell(
      [...at, 'key', 'kind'],
      `A key of ${columns.length} columns is not of the kind ${kind}.`,
      `Set kind: ${expected ?? 'integer, text or uuid'}.`,
    );
  }
  if (!entity.columns.some((column) => column.to === 'id' && transformsOf(column)[0]!.kind === 'uuid')) {
    tell(
      [...at, 'columns'],
      `${entity.name} has no id.`,
      'Add: { to: id, type: uuid, nullable: false, transform: { kind: uuid } }',
    );
  }
  if (columns.length === 0) return;
  const keys = [
    table.primaryKey,
    ...table.uniques,
    ...table.indexes.filter((index) => index.unique && !index.partial),
  ];
  const covered = keys.some((key) => key?.columns?.every((name) => columns.includes(name)));
  if (!covered)
    tell(
      [...at, 'key', 'columns'],
      `Nothing in the source makes ${columns.join(', ')} unique, so two rows could become one.`,
      'Name the columns of a primary or unique key, or none.',
    );
}

/** A source column's value stands somewhere, or it is left out with a reason; the list of old and new keys holds the key. */
function checkForgotten(entity: PlanEntity, sources: readonly string[], at: PlanPath, tell: Tell): void {
  const held = heldSources(entity);
  const named = new Set([...entity.key.columns, ...entity.leftOut.map((item) => item.column)]);
  for (const name of sources) {
    if (held.has(name) || named.has(name)) continue;
    tell(
      [...at, 'columns'],
      `The source column ${name} goes nowhere.`,
      'Map it, add it to the columns of metadata, or list it under leftOut with a reason.',
    );
  }
}
