/** Lanes of columns that point at other rows. */
import type { PlanColumn, Transform } from '../../plan/plan-file.ts';
import type { Column } from '../../schema/catalog.ts';
import type { Lane } from '../lane.ts';
import {
  foundReferenceLane,
  integerReferenceLane,
  polymorphicLane,
  type ReferenceSpec,
  textReferenceLane,
} from '../lanes/reference.ts';
import type { ParentKeys } from '../parent-keys.ts';
import { ownValueSql, parentKeySql } from '../parent-lookup.ts';
import { columnSql } from '../pass-through.ts';
import { type ColumnPlace, unsupported } from './compile-input.ts';
import type { PlacedColumn } from './placed-column.ts';

const INTEGERS = new Set(['int2', 'int4', 'int8']);

export function referenceColumn(
  place: ColumnPlace,
  placed: PlacedColumn,
  spec: Extract<Transform, { kind: 'reference' }>,
): Lane {
  const { input, fields } = place;
  const { column } = placed;
  const source = sourceOf(place, placed);
  const parent = parentOf(place, column, spec.entity);
  const named = spec.match ? spec.match.columns.join(', ') : source.name;
  const reference = referenceSpec(place, column, named, spec.onMissing);
  if (spec.match) {
    const own = fields.field(ownValueSql(spec.match));
    const key = fields.field(parentKeySql(spec.match, input.parentOf(spec.entity)));
    return foundReferenceLane(own, key, parent, reference);
  }
  if (parent.kind === 'integer' && INTEGERS.has(source.type.name)) {
    return integerReferenceLane(fields.field(columnSql(source.name)), parent, reference);
  }
  return textReferenceLane(fields.field(`${columnSql(source.name)}::text`), parent, reference);
}

export function polymorphicColumn(
  place: ColumnPlace,
  placed: PlacedColumn,
  spec: Extract<Transform, { kind: 'polymorphic' }>,
): Lane {
  const { fields } = place;
  const source = sourceOf(place, placed);
  const parents = new Map(
    Object.entries(spec.entities).map(([type, entity]) => [type, parentOf(place, placed.column, entity)]),
  );
  const typeField = fields.field(`${columnSql(spec.typeColumn)}::text`);
  const keyField = fields.field(`${columnSql(source.name)}::text`);
  return polymorphicLane(
    typeField,
    keyField,
    parents,
    referenceSpec(place, placed.column, source.name, spec.onMissing),
  );
}

function sourceOf({ input }: ColumnPlace, { column, source }: PlacedColumn): Column {
  if (!source) throw unsupported(input.entity, column, 'a reference needs a source column');
  return source;
}

function referenceSpec(
  { input, wire }: ColumnPlace,
  column: PlanColumn,
  source: string,
  onMissing: 'quarantine' | 'null',
): ReferenceSpec {
  const deferred = input.entity.deferred.includes(column.to);
  return { column: column.to, source, nullable: column.nullable, onMissing, deferred, wire };
}

function parentOf({ input }: ColumnPlace, column: PlanColumn, entity: string): ParentKeys {
  const parent = input.parents.get(entity);
  if (!parent)
    throw unsupported(input.entity, column, `the entity ${entity} it points to is not part of this run`);
  return parent;
}
