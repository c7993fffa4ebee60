/** The lane that collects what has no column of its own. */
import type { PlanColumn, Transform } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import type { Table } from '../../schema/catalog.ts';
import type { Lane } from '../lane.ts';
import { metadataLane } from '../lanes/metadata.ts';
import { columnSql } from '../pass-through.ts';
import type { FieldList, Wire } from './field-list.ts';

export function metadataColumn(column: PlanColumn, table: Table, fields: FieldList, wire: Wire): Lane {
  const transform = transformsOf(column)[0] as Extract<Transform, { kind: 'metadata' }>;
  const kept = transform.columns.map((name) => ({
    name,
    field: fields.field(`to_jsonb(${columnSql(name)}${keepsText(name, table) ? '::text' : ''})::text`),
  }));
  return metadataLane(kept, wire);
}

/** Extensions' types whose JSON form keeps everything; others round, such as coordinates. */
const PLAIN = new Set(['citext', 'hstore', 'ltree']);

/** json may hold what jsonb refuses and repeats that it drops, so its text is kept. */
function keepsText(name: string, table: Table): boolean {
  const type = table.columns.find((column) => column.name === name)?.type;
  if (type === undefined) return false;
  const under = type.element ?? type.base ?? type;
  const foreign = under.kind === 'base' && under.schema !== 'pg_catalog' && !PLAIN.has(under.name);
  return type.textOnly === true || foreign || [type.name, type.of].some((n) => n === 'json' || n === '_json');
}
