/**
 * Row by row: did each defect that the generator planted come out as its manifest says, and was no other row touched?
 * A planted row in a table without a key cannot be looked up by it; there the count of the table must be whole.
 */
import pg from 'pg';
import type { RunStatus } from '../../engine/contract/run.ts';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import { movedSql, plantedSql, repairedSql, setAsideSql } from './accounting.sql.ts';

export type Fate = 'migrated' | 'repaired' | 'quarantined';

interface Planted {
  readonly table: string;
  readonly legacyId: string;
  readonly kind: string;
  readonly expected: Fate;
  readonly note: string;
}

export interface DefectAccount {
  readonly planted: number;
  readonly byFate: Readonly<Record<Fate, number>>;
  /** Planted rows that came out otherwise. */
  readonly open: readonly (Planted & { readonly entity: string; readonly actual: Fate | 'missing' })[];
  /** Rows set aside or repaired that nobody planted. */
  readonly unplanned: readonly { readonly entity: string; readonly legacyId: string; readonly fate: Fate }[];
}

interface Input {
  readonly sourceUrl: string;
  readonly targetUrl: string;
  readonly plan: PlanFile;
  readonly run: RunStatus;
}

export async function accountForDefects({ sourceUrl, targetUrl, plan, run }: Input): Promise<DefectAccount> {
  const planted = await withClient(sourceUrl, (client) => rows<Planted>(client, plantedSql));
  return withClient(targetUrl, async (client) => {
    const aside = await rows<EntityRow>(client, setAsideSql, [run.runId]);
    const repaired = await rows<EntityRow>(client, repairedSql, [run.runId]);
    const known = planted.map((defect) => ({ ...defect, entity: entityOf(plan, defect.table) }));
    const moved = await findMoved(client, known);
    const fateOf = createFateFinder(plan, run, { aside: keys(aside), repaired: keys(repaired), moved });
    const judged = known.map((defect) => ({ ...defect, actual: fateOf(defect) }));
    const expected = keys(known);
    const fate = (list: readonly EntityRow[], name: Fate) =>
      list.filter((row) => !expected.has(keyOf(row))).map((row) => ({ ...row, fate: name }));
    const count = (name: Fate) =>
      judged.filter((defect) => defect.actual === name && defect.expected === name).length;
    return {
      planted: planted.length,
      byFate: { migrated: count('migrated'), repaired: count('repaired'), quarantined: count('quarantined') },
      open: judged.filter((defect) => defect.actual !== defect.expected),
      unplanned: [...fate(aside, 'quarantined'), ...fate(repaired, 'repaired')],
    };
  });
}

interface EntityRow {
  readonly entity: string;
  readonly legacyId: string;
}

interface Found {
  readonly aside: ReadonlySet<string>;
  readonly repaired: ReadonlySet<string>;
  readonly moved: ReadonlySet<string>;
}

function createFateFinder(plan: PlanFile, run: RunStatus, { aside, repaired, moved }: Found) {
  const keyless = new Set(
    plan.entities.filter((entity) => entity.key.kind === 'none').map((entity) => entity.name),
  );
  const whole = new Set(
    run.entities.filter((entity) => entity.written === entity.totalRecords).map((entity) => entity.entity),
  );
  return (row: EntityRow): Fate | 'missing' => {
    const key = keyOf(row);
    if (aside.has(key)) return 'quarantined';
    if (repaired.has(key)) return 'repaired';
    return moved.has(key) || (keyless.has(row.entity) && whole.has(row.entity)) ? 'migrated' : 'missing';
  };
}

async function findMoved(client: pg.Client, planted: readonly EntityRow[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const [entity, list] of Map.groupBy(planted, (row) => row.entity)) {
    const ids = list.map((row) => row.legacyId);
    for (const { legacyId } of await rows<EntityRow>(client, movedSql, [entity, ids]))
      found.add(keyOf({ entity, legacyId }));
  }
  return found;
}

const keyOf = ({ entity, legacyId }: EntityRow) => `${entity}\n${legacyId}`;

const keys = (list: readonly EntityRow[]) => new Set(list.map(keyOf));

function entityOf(plan: PlanFile, table: string): string {
  return plan.entities.find((entity) => entity.source.table === table)?.name ?? table;
}

async function rows<T>(client: pg.Client, text: string, values: unknown[] = []): Promise<T[]> {
  return (await client.query(text, values)).rows as T[];
}

async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, application_name: 'towpath demo' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
