/**
 * One row through the compiled mapper, column by column and step by step: the same lanes as in a move, so what is told here
 * is what happens there. Lanes are run one by one and not until the first that fails, because all columns are asked about.
 */
import type { ExplainedStep } from '../../contract/explain.ts';
import { answeredRows } from '../../copy/code/answered-rows.ts';
import type { CodeDesk } from '../../copy/code/code-desk.ts';
import { entityOf, tableOf } from '../../copy/prepare.ts';
import { ByteWriter } from '../../db/binary/byte-writer.ts';
import { RowReader, type RowView } from '../../db/binary/row-reader.ts';
import { copyOut } from '../../db/copy-out.ts';
import type { Session } from '../../db/database.ts';
import { quoteLiteral } from '../../db/quote.ts';
import { compileEntity } from '../../mapping/compile.ts';
import type { CompiledEntity } from '../../mapping/compiled-entity.ts';
import type { KeptIds } from '../../mapping/kept-ids.ts';
import { Misfit, type Repair } from '../../mapping/misfit.ts';
import type { StepWatch } from '../../mapping/steps/step.ts';
import { codeOf } from '../../plan/code-units.ts';
import type { PlanColumn, PlanEntity, PlanFile } from '../../plan/plan-file.ts';
import { transformWords } from '../../plan/transform-words.ts';
import { transformsOf } from '../../plan/transforms.ts';
import type { Catalog } from '../../schema/catalog.ts';
import type { Parents } from './asked-parents.ts';

export interface MapRowInput {
  readonly plan: PlanFile;
  readonly catalog: Catalog;
  readonly entity: PlanEntity;
  readonly legacyId: string;
  readonly namespace: Uint8Array;
  readonly parents: Parents;
  readonly keptIds: KeptIds | null;
  /** Columns in which an earlier row has the same value. */
  readonly duplicates: readonly string[];
  readonly source: Session;
  /** Where code runs; without it columns that code writes are left out. */
  readonly desk: CodeDesk | null;
}

export interface MappedColumn {
  readonly column: PlanColumn;
  readonly steps: readonly ExplainedStep[];
  readonly value: string | null;
  readonly misfit: { readonly reason: string; readonly message: string } | null;
  readonly repaired: Repair['rule'] | null;
}

export type Texts = Readonly<Record<string, string | null>>;
type Seen = Parameters<StepWatch>[0];

export interface MappedRow {
  readonly columns: readonly MappedColumn[];
  /** The source row as texts, spelled as quarantine keeps rows. */
  readonly source: Texts;
}

/** Null where the source has no such row, or the plan leaves it out. */
export async function mapRow(input: MapRowInput): Promise<MappedRow | null> {
  const seen: Seen[] = [];
  const compiled = compileOne(input, (step) => seen.push(step));
  const last = compiled.fields;
  let mapped: MappedRow | null = null;
  const reader = new RowReader(compiled.fields + 1, (row) => {
    const before = JSON.parse(fieldText(row, last) ?? '{}') as Texts;
    mapped = { columns: runLanes({ compiled, row, before, seen }), source: before };
  });
  for await (const chunk of rowsOf(input, compiled)) reader.push(chunk);
  return mapped;
}

/** Key as text whatever its type, so that no number is rounded; values as text. */
function compileOne({ plan, catalog, desk, ...input }: MapRowInput, watch: StepWatch): CompiledEntity {
  const planned = desk === null ? withoutCode(input.entity) : input.entity;
  const entity: PlanEntity =
    planned.key.kind === 'integer' ? { ...planned, key: { ...planned.key, kind: 'text' } } : planned;
  const repeated = new Set([input.legacyId]);
  return compileEntity({
    entity,
    table: tableOf(catalog, entity),
    timeZone: plan.settings.timeZone,
    namespace: input.namespace,
    parents: input.parents,
    parentOf: (name) => {
      const parent = entityOf(plan, name);
      return { entity: parent, table: tableOf(catalog, parent) };
    },
    tableOf: (named) =>
      catalog.tables.find(({ schema, name }) => schema === named.schema && name === named.name)!,
    duplicates: new Map(input.duplicates.map((column) => [column, repeated])),
    keptIds: input.keptIds,
    watch,
    wire: 'text',
  });
}

function withoutCode(planned: PlanEntity): PlanEntity {
  const made = new Set(codeOf(planned).flatMap(({ writes }) => writes));
  if (made.size === 0) return planned;
  const { code: _code, ...rest } = planned;
  return {
    ...rest,
    columns: planned.columns.filter(({ to }) => !made.has(to)),
    deferred: planned.deferred.filter((to) => !made.has(to)),
  };
}

function rowsOf({ source, desk, legacyId }: MapRowInput, compiled: CompiledEntity): AsyncIterable<Buffer> {
  const { select, sourceRow, from, keyset, keyText, code, fields } = compiled;
  const whole = { ...compiled, select: [...select, `${sourceRow}::text`], fields: fields + 1 };
  const list = whole.select.join(', ');
  // a key of one column keeps its type, so that the source uses its index
  const item = keyset.length === 1 ? keyset[0]! : keyText;
  const sql = `copy (select ${list} from ${from} where ${item} = ${quoteLiteral(legacyId)} limit 1) to stdout (format binary)`;
  const rows = copyOut(source, sql);
  return code.length === 0 || desk === null ? rows : answeredRows(rows, whole, desk.runnersOf(compiled));
}

interface RunInput {
  readonly compiled: CompiledEntity;
  readonly row: RowView;
  readonly before: Texts;
  /** Fills while the lanes run. */
  readonly seen: readonly Seen[];
}

function runLanes({ compiled, row, before, seen }: RunInput): MappedColumn[] {
  const ids = compiled.createIds();
  const repairs: Repair[] = [];
  const out = new ByteWriter();
  compiled.readKey(row, ids);
  const found: MappedColumn[] = [];
  const add = (name: string, value: string | null, misfit: Misfit | null) => {
    const column = compiled.plan.columns.find(({ to }) => to === name)!;
    const repaired = repairs.find((repair) => repair.column === name)?.rule ?? null;
    const own = seen.filter((step) => step.column === name);
    const steps = stepsOf({ column, before: sourceOf(column, before, ids.keyText()), own, value, misfit });
    const why = misfit === null ? null : { reason: misfit.reason, message: misfit.message };
    found.push({ column, steps, value, misfit: why, repaired });
  };
  compiled.lanes.forEach((lane, i) => {
    const single = compiled.laneColumns[i]!;
    out.position = 0;
    const misfit = lane(row, out, { ids, repairs, settled: true });
    if (single !== '') {
      add(single, misfit === null ? written(out) : null, misfit);
      return;
    }
    // a block passes its fields as they are: they are told from where they came
    const names = compiled.columns.slice(found.length);
    const first = compiled.fields - names.length;
    names.forEach((name, k) => {
      const wrong = misfit?.column === name ? misfit : null;
      add(name, wrong === null ? fieldText(row, first + k) : null, wrong);
    });
  });
  const order = compiled.plan.columns.map(({ to }) => to);
  return found.sort((a, b) => order.indexOf(a.column.to) - order.indexOf(b.column.to));
}

interface StepsInput {
  readonly column: PlanColumn;
  readonly before: string | null;
  readonly own: readonly Seen[];
  readonly value: string | null;
  readonly misfit: Misfit | null;
}

/**
 * What was seen, and around it what happens outside of steps: a clock that gets its zone in the source itself, and
 * transforms that are no steps (ids, links, values that pass as they are), which are the only one of their column.
 */
function stepsOf({ column, before, own, value, misfit }: StepsInput): ExplainedStep[] {
  const steps: ExplainedStep[] = [];
  for (const [i, transform] of transformsOf(column).entries()) {
    const words = { kind: transform.kind, words: transformWords([transform]) };
    const at = own.find((step) => step.transform === i);
    const start = steps.at(-1);
    if (start !== undefined && start.misfit !== null) break;
    if (at !== undefined) {
      const failed = at.after instanceof Misfit ? at.after.message : null;
      const after = at.after instanceof Misfit ? null : at.after;
      steps.push({ ...words, before: i === 0 ? before : at.before, after, misfit: failed });
    } else {
      const next = own.find((step) => step.transform === i + 1);
      const after = next === undefined ? value : next.before;
      steps.push({ ...words, before, after, misfit: next === undefined ? (misfit?.message ?? null) : null });
    }
  }
  return steps;
}

/** An id is made of the key. What a template or code reads besides is shown with the source row. */
function sourceOf({ from, ...column }: PlanColumn, before: Texts, key: string): string | null {
  if (transformsOf(column)[0]!.kind === 'uuid') return key;
  return from === undefined ? null : (before[from] ?? null);
}

/** A lane of one column wrote one field. */
function written(out: ByteWriter): string | null {
  const length = out.bytes.readInt32BE(0);
  return length < 0 ? null : out.bytes.toString('utf8', 4, 4 + length);
}

function fieldText(row: RowView, field: number): string | null {
  const length = row.lengths[field]!;
  const at = row.offsets[field]!;
  return length < 0 ? null : row.bytes.toString('utf8', at, at + length);
}
