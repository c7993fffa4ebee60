/**
 * A few values of each column as they are and as the plan would have them, for people who read the plan. One bounded read
 * of each table through the compiled mapper; nothing is written, and neither duplicates nor missing parents are looked
 * for: whether a row fits as a whole is what a rehearsal finds out. Personal values are masked; new ids are not shown,
 * because the secret that they come from is made with the first run.
 */
import { randomBytes } from 'node:crypto';
import type { ColumnExample } from '../contract/contract.ts';
import { entityOf, tableOf } from '../copy/prepare.ts';
import { ByteWriter } from '../db/binary/byte-writer.ts';
import { RowReader, type RowView } from '../db/binary/row-reader.ts';
import { copyOut } from '../db/copy-out.ts';
import type { Database, Session } from '../db/database.ts';
import { compileEntity } from '../mapping/compile.ts';
import type { CompiledEntity } from '../mapping/compiled-entity.ts';
import { createKeySet } from '../mapping/key-set.ts';
import { ParentKeys } from '../mapping/parent-keys.ts';
import { IdMaker } from '../mapping/uuid-v5.ts';
import { codeOf } from '../plan/code-units.ts';
import type { PlanColumn, PlanEntity, PlanFile } from '../plan/plan-file.ts';
import { transformsOf } from '../plan/transforms.ts';
import type { Catalog } from '../schema/catalog.ts';
import { personalDataOf } from '../schema/personal-data.ts';
import { maskValue } from './mask.ts';
import { maskedColumns, personalByName } from './masked-columns.ts';

/** Target column → examples; a column that has none, such as the id, is not in it. */
type ColumnExamples = ReadonlyMap<string, readonly ColumnExample[]>;

const ROWS_READ = 60;
const PATIENCE_MILLISECONDS = 5000;
const SHOWN_CHARACTERS = 40;

export interface ExamplesRequest {
  readonly plan: PlanFile;
  readonly catalog: Catalog;
  readonly entities: readonly string[];
  /** Of each column, at most. */
  readonly count: number;
}

/** Entities whose rows could not be read in time have none. Throws where the source cannot be reached. */
export async function readColumnExamples(
  source: Database,
  { plan, catalog, entities, count }: ExamplesRequest,
): Promise<ReadonlyMap<string, ColumnExamples>> {
  const session = await source.session({ purpose: 'examples' });
  const found = new Map<string, ColumnExamples>();
  const namespace = randomBytes(16);
  const ids: Ids = { namespace, parents: parentsOf(plan, namespace) };
  try {
    await session.query(`set statement_timeout = ${PATIENCE_MILLISECONDS}`);
    for (const name of entities) {
      const entity = entityOf(plan, name);
      const hidden = hiddenColumns(entity, catalog);
      try {
        found.set(
          name,
          await examplesOf(session, compileForReading(plan, catalog, entity, ids), hidden, count),
        );
      } catch {
        found.set(name, new Map());
      }
    }
  } finally {
    await session.release();
  }
  return found;
}

interface Ids {
  readonly namespace: Uint8Array;
  readonly parents: ReadonlyMap<string, ParentKeys>;
}

/** Made once for all entities: each brings room of its own. */
function parentsOf(plan: PlanFile, namespace: Uint8Array): Ids['parents'] {
  return new Map(
    plan.entities.map(({ name }) => {
      const keys = createKeySet({ kind: 'text', min: 0, max: 0, rows: 1 });
      return [name, new ParentKeys(name, 'text', keys, new IdMaker(namespace, name))] as const;
    }),
  );
}

/** References are written on trust, code is left out, and values come as text. */
function compileForReading(
  plan: PlanFile,
  catalog: Catalog,
  planned: PlanEntity,
  { namespace, parents }: Ids,
): CompiledEntity {
  const made = new Set(codeOf(planned).flatMap(({ writes }) => writes));
  const { code: _code, ...rest } = planned;
  const columns = planned.columns.filter(({ to }) => !made.has(to));
  const entity = { ...rest, columns, deferred: columns.map(({ to }) => to) };
  return compileEntity({
    entity,
    table: tableOf(catalog, entity),
    timeZone: plan.settings.timeZone,
    namespace,
    parents,
    parentOf: (name) => {
      const parent = entityOf(plan, name);
      return { entity: parent, table: tableOf(catalog, parent) };
    },
    tableOf: (named) =>
      catalog.tables.find(({ schema, name }) => schema === named.schema && name === named.name)!,
    duplicates: new Map(),
    wire: 'text',
  });
}

async function examplesOf(
  session: Session,
  compiled: CompiledEntity,
  hidden: ReadonlySet<string>,
  count: number,
): Promise<ColumnExamples> {
  const examples = new Map<string, ColumnExample[]>();
  const told = new Set<string>();
  const byName = new Map(compiled.plan.columns.map((column) => [column.to, column]));
  const add = (name: string, example: ColumnExample) => {
    const column = byName.get(name)!;
    if (!isShown(column) || (example.before === null && example.after === null && example.misfit === null))
      return;
    const shown = showExample(example, column, hidden.has(name));
    const key = JSON.stringify([name, shown]);
    const list = examples.get(name) ?? [];
    if (told.has(key) || list.length >= count) return;
    told.add(key);
    examples.set(name, [...list, shown]);
  };
  const ids = compiled.createIds();
  const out = new ByteWriter();
  const last = compiled.select.length;
  const reader = new RowReader(last + 1, (row) => {
    const before = JSON.parse(textOf(row, last) ?? '{}') as Record<string, string | null>;
    compiled.readKey(row, ids);
    let next = 0;
    compiled.lanes.forEach((lane, i) => {
      out.position = 0;
      const misfit = lane(row, out, { ids, repairs: [], settled: false });
      const isBlock = compiled.laneColumns[i] === '';
      const names = isBlock ? compiled.columns.slice(next) : [compiled.columns[next]!];
      next += names.length;
      const values = misfit === null ? fieldsOf(out, names.length) : [];
      names.forEach((name, k) => {
        const { from } = byName.get(name)!;
        const old = from === undefined ? null : (before[from] ?? null);
        if (misfit !== null && isBlock && misfit.column !== name) return;
        add(name, { before: old, after: values[k] ?? null, misfit: misfit?.message ?? null });
      });
    });
  });
  const items = [...compiled.select, `${compiled.sourceRow}::text`].join(', ');
  const sql = `copy (select ${items} from ${compiled.from} limit ${ROWS_READ}) to stdout (format binary)`;
  for await (const chunk of copyOut(session, sql)) reader.push(chunk);
  return examples;
}

/** Ids and the notes of a record say nothing here. */
function isShown(column: PlanColumn): boolean {
  const [first] = transformsOf(column);
  return first!.kind !== 'uuid' && first!.kind !== 'metadata';
}

/** A moment that was converted already. */
const TELLS_ZONE = /:\d{2}(\.\d+)?[+-]\d{2}(:\d{2})*$/;

function showExample(
  { before, after, misfit }: ColumnExample,
  column: PlanColumn,
  hidden: boolean,
): ColumnExample {
  const steps = transformsOf(column);
  const show = (value: string | null) => (value === null ? null : hidden ? maskValue(value) : cut(value));
  const isLink = steps.some(({ kind }) => kind === 'reference' || kind === 'polymorphic');
  const zone = steps.find((step) => step.kind === 'time-zone');
  const shown = show(after);
  return {
    before: show(before),
    after:
      shown === null
        ? null
        : isLink
          ? 'its new id'
          : zone && !TELLS_ZONE.test(shown)
            ? `${shown} ${zone.zone}`
            : shown,
    misfit,
  };
}

function hiddenColumns(entity: PlanEntity, catalog: Catalog): ReadonlySet<string> {
  const masked = maskedColumns({ plan: entity, code: [] });
  const table = catalog.tables.find(
    ({ schema, name }) => schema === entity.source.schema && name === entity.source.table,
  );
  const personal = new Set(
    (table?.columns ?? [])
      .filter(
        ({ name, type, profile }) => profile?.personal != null || personalDataOf(name, type, {}) !== null,
      )
      .map(({ name }) => name),
  );
  const hidden = entity.columns.filter(
    ({ to, from }) =>
      masked.target.has(to) ||
      personalByName(to) ||
      (from !== undefined && (personal.has(from) || personalByName(from) || masked.source.has(from))),
  );
  return new Set(hidden.map(({ to }) => to));
}

function cut(value: string): string {
  const line = value.replace(/\s+/g, ' ');
  return line.length <= SHOWN_CHARACTERS ? line : `${line.slice(0, SHOWN_CHARACTERS)}…`;
}

function textOf(row: RowView, field: number): string | null {
  const length = row.lengths[field]!;
  return length < 0 ? null : row.bytes.toString('utf8', row.offsets[field]!, row.offsets[field]! + length);
}

/** What a lane wrote: a length and its bytes a field. */
function fieldsOf(out: ByteWriter, count: number): (string | null)[] {
  const values: (string | null)[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    const length = out.bytes.readInt32BE(at);
    at += 4;
    values.push(length < 0 ? null : out.bytes.toString('utf8', at, at + length));
    at += Math.max(0, length);
  }
  return values;
}
