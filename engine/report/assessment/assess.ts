/** From the catalog, and the plan that it suggests, to the assessment. */
import { MigrationError } from '../../core/errors.ts';
import { createPlan } from '../../mapping/suggest-plan.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import type { Catalog, InferredReference, Table } from '../../schema/catalog.ts';
import { displayName, tableKey } from '../../schema/table-key.ts';
import { assessColumns } from './assess-columns.ts';
import type {
  AssessedTable,
  Assessment,
  Decision,
  GuessedLink,
  LeftOut,
  PersonalColumn,
} from './assessment.ts';
import { gradeWhole } from './grade-whole.ts';
import { notCarried } from './not-carried.ts';
import { obstaclesByTable } from './obstacles.ts';
import { sizeOf } from './size.ts';

export interface AssessOptions {
  /** The plan in hand; without it the one that would be suggested is taken. */
  readonly plan?: PlanFile | null | undefined;
  /** Tables that the target holds already. */
  readonly target?: Catalog | null | undefined;
}

export function assess(catalog: Catalog, options: AssessOptions = {}): Assessment {
  const plan = options.plan ?? suggested(catalog, options.target ?? undefined);
  const moving = movingTables(catalog, plan);
  const tables = assessTables(catalog, moving);
  const decisions = decisionsOf(plan);
  const { grade, reasons } = gradeWhole(tables, decisions);
  const { versionNum, database } = catalog.server;
  return {
    version: 1,
    database,
    serverVersion: `${Math.floor(versionNum / 10_000)}.${versionNum % 10_000}`,
    takenAt: catalog.takenAt,
    fingerprint: catalog.fingerprint,
    grade,
    reasons,
    size: sizeOf(moving, plan),
    tables,
    decisions,
    notCarried: notCarried(catalog, plan),
    leftOut: leftOutOf(catalog, plan),
    columns: assessColumns(moving, catalog),
    personal: personalOf(moving),
    guessedLinks: catalog.inferred.map(guessedLink),
    unknown: catalog.tables.flatMap((table) =>
      (table.notes ?? []).map((note) => `${displayName(table)}: ${note}`),
    ),
  };
}

/** Null where nothing could move. */
function suggested(catalog: Catalog, target: Catalog | undefined): PlanFile | null {
  try {
    return createPlan(catalog, { migration: 'assessment', target });
  } catch (error) {
    if (error instanceof MigrationError && error.code === 'NOTHING_TO_MIGRATE') return null;
    throw error;
  }
}

function movingTables(catalog: Catalog, plan: PlanFile | null): Table[] {
  const planned = new Set(
    plan?.entities.map(({ source }) => tableKey({ schema: source.schema, name: source.table })) ?? [],
  );
  return catalog.tables.filter((table) => planned.has(tableKey(table)));
}

function assessTables(catalog: Catalog, moving: readonly Table[]): AssessedTable[] {
  const obstacles = obstaclesByTable(catalog);
  return moving
    .map((table) => ({
      table: displayName(table),
      rows: rowsOf(table),
      bytes: table.bytes,
      columns: table.columns.length,
      grade: table.difficulty.grade,
      reasons: table.difficulty.reasons,
      obstacles: (obstacles.get(tableKey(table)) ?? []).map(({ kind }) => kind),
    }))
    .sort((a, b) => ORDER[b.grade] - ORDER[a.grade] || (b.rows ?? 0) - (a.rows ?? 0));
}

const ORDER = { easy: 0, moderate: 1, hard: 2 } as const;

function rowsOf({ exactRows, estimatedRows }: Table): number | null {
  const rows = exactRows ?? estimatedRows;
  return rows === null ? null : Math.max(0, Math.round(rows));
}

/** Open questions; those that somebody answered are decided. */
function decisionsOf(plan: PlanFile | null): Decision[] {
  return (plan?.questions ?? [])
    .filter(({ answer }) => answer === null)
    .map(({ text, why, choices, recommended, required }) => ({
      text,
      why,
      recommended: choices.find(({ id }) => id === recommended)?.text ?? '',
      choices: choices.map((choice) => choice.text),
      required,
    }))
    .sort((a, b) => Number(b.required) - Number(a.required));
}

function leftOutOf(catalog: Catalog, plan: PlanFile | null): LeftOut[] {
  const tables = new Map(catalog.tables.map((table) => [tableKey(table), table]));
  const excluded =
    plan?.excluded.map(({ schema, table, reason }) => ({ name: { schema, name: table }, reason })) ??
    catalog.tables.map((table) => ({ name: table, reason: table.housekeeping?.reason ?? 'nothing to move' }));
  return excluded.map(({ name, reason }) => {
    const table = tables.get(tableKey(name));
    return {
      table: displayName(name),
      kind: table?.kind ?? 'table',
      rows: table && table.kind !== 'view' ? rowsOf(table) : null,
      framework: table?.housekeeping?.framework ?? null,
      reason,
    };
  });
}

function personalOf(moving: readonly Table[]): PersonalColumn[] {
  return moving.flatMap((table) =>
    table.columns.flatMap(({ name, profile }) =>
      profile?.personal ? [{ table: displayName(table), column: name, ...profile.personal }] : [],
    ),
  );
}

function guessedLink(relation: InferredReference): GuessedLink {
  const { confidence, reason } = relation;
  const common = { table: displayName(relation.table), confidence, reason };
  return relation.kind === 'generic'
    ? {
        ...common,
        column: relation.idColumn,
        to: [...new Set(relation.targets.map(({ table }) => displayName(table)))],
      }
    : { ...common, column: relation.column, to: [displayName(relation.references)] };
}
