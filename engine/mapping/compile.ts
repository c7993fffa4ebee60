/**
 * Compiles one entity of the plan into a select list, a column list and lanes.
 *
 * Relies on a checked plan (plan/check): columns exist, references name entities. What only shows here – a reference
 * to an entity that this run does not know – is an error with the entity's and column's name.
 * Order of columns: computed ones first, metadata after them (it tells what they replaced), pass-through last in one
 * block, so that one memcpy moves it. How each kind of column becomes a lane is in compilation/.
 */
import { codeName, codeOf, type PlannedCode } from '../plan/code-units.ts';
import type { PlanColumn } from '../plan/plan-file.ts';
import { transformsOf } from '../plan/transforms.ts';
import { codeUnit } from './code/code-unit.ts';
import type { ColumnPlace, CompileInput } from './compilation/compile-input.ts';
import { FieldList, type Wire } from './compilation/field-list.ts';
import { metadataColumn } from './compilation/metadata-column.ts';
import { type PassingColumn, passingBlock } from './compilation/passing-block.ts';
import { type PlacedColumn, passingSql, placeColumn, wireOf } from './compilation/placed-column.ts';
import { polymorphicColumn, referenceColumn } from './compilation/reference-column.ts';
import { codeColumn, valueColumn } from './compilation/value-column.ts';
import type { CompiledCode, CompiledEntity } from './compiled-entity.ts';
import type { Lane } from './lane.ts';
import type { AnswerFields } from './lanes/code.ts';
import { idLane, integerKeyReader, legacyKeyLane, textKeyReader } from './lanes/identity.ts';
import { columnSql, rowTextsSql } from './pass-through.ts';
import { keyShape, LEGACY_KEY } from './source-key.ts';
import { IdMaker } from './uuid-v5.ts';

export function compileEntity(input: CompileInput): CompiledEntity {
  const columns = input.entity.columns.map((column) => placeColumn(column, input.table));
  return new Compilation(input, columns, input.wire ?? wireOf(columns, input.timeZone)).compile();
}

class Compilation {
  private readonly lanes: Lane[] = [];
  private readonly laneColumns: string[] = [];
  private readonly written: PlanColumn[] = [];
  private readonly compare: ('bytes' | 'json')[] = [];
  private readonly input: CompileInput;
  private readonly columns: readonly PlacedColumn[];
  private readonly wire: Wire;
  private readonly planned: readonly PlannedCode[];
  private readonly fields: FieldList;
  private readonly place: ColumnPlace;
  /** Where the answers of code are, by target column; they stand before all fields of the select list. */
  private readonly answers = new Map<string, AnswerFields>();

  constructor(input: CompileInput, columns: readonly PlacedColumn[], wire: Wire) {
    this.input = input;
    this.columns = columns;
    this.wire = wire;
    this.planned = codeOf(input.entity);
    let next = 0;
    for (const { writes } of this.planned) {
      const refusal = next++;
      for (const column of writes) this.answers.set(column, { refusal, value: next++ });
    }
    this.fields = new FieldList(next);
    this.place = { input, wire, fields: this.fields };
  }

  compile(): CompiledEntity {
    const { entity, table, namespace } = this.input;
    const key = keyShape(entity, table);
    const keyField = this.fields.field(key.fieldSql);
    const passing: PassingColumn[] = [];
    const metadata: PlacedColumn[] = [];
    for (const placed of this.columns) {
      const sql = passingSql(placed, this.wire, this.input.timeZone);
      if (sql !== null) passing.push({ placed, sql });
      else if (transformsOf(placed.column)[0]!.kind === 'metadata') metadata.push(placed);
      else this.add(placed, this.lane(placed));
    }
    for (const placed of metadata)
      this.add(placed, metadataColumn(placed.column, table, this.fields, this.wire));
    const code = this.planned.map((one) => this.code(one));
    this.pass(passing);
    return {
      plan: entity,
      wire: this.wire,
      select: this.fields.select,
      code,
      fields: this.fields.count,
      from: key.from,
      sourceRow: rowTextsSql(table.columns.map((column) => column.name)),
      keyset: key.keyset,
      keyText: key.textSql,
      columns: this.written.map((column) => column.to),
      compare: this.compare,
      lanes: this.lanes,
      laneColumns: this.laneColumns,
      readKey: key.integer ? integerKeyReader(keyField) : textKeyReader(keyField),
      createIds: () => new IdMaker(namespace, entity.name, undefined, this.input.keptIds ?? null),
    };
  }

  private add(placed: PlacedColumn, lane: Lane): void {
    this.lanes.push(lane);
    this.laneColumns.push(placed.column.to);
    this.written.push(placed.column);
    const computedJson =
      placed.target.name === 'jsonb' && transformsOf(placed.column)[0]!.kind !== 'metadata';
    this.compare.push(computedJson ? 'json' : 'bytes');
  }

  private lane(placed: PlacedColumn): Lane {
    const { column, source } = placed;
    const [first] = transformsOf(column);
    switch (first!.kind) {
      case 'uuid':
        return idLane(this.wire);
      case 'reference':
        return referenceColumn(this.place, placed, first!);
      case 'polymorphic':
        return polymorphicColumn(this.place, placed, first!);
      case 'code':
        return codeColumn(this.place, placed, this.answers.get(column.to));
      case 'copy':
        if (source === null && (column.to === 'legacy_id' || column.to === LEGACY_KEY))
          return legacyKeyLane();
        return valueColumn(this.place, placed);
      default:
        return valueColumn(this.place, placed);
    }
  }

  private code(planned: PlannedCode): CompiledCode {
    const { entity, table } = this.input;
    const unit = codeUnit(entity, table, planned);
    const fields = unit.reads.map((name) => this.fields.selected(`${columnSql(name)}::text`));
    return { unit, name: codeName(planned), fields };
  }

  private pass(passing: readonly PassingColumn[]): void {
    if (passing.length === 0) return;
    for (const { placed } of passing) {
      this.written.push(placed.column);
      this.compare.push('bytes');
    }
    this.lanes.push(passingBlock(passing, this.fields));
    this.laneColumns.push('');
  }
}
