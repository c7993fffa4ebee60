/** How the moves of all open migrations stand, in numbers. A database that does not answer has none, which is seen by their absence. */
import type { Desk, Migrations } from '../migrations/migrations.ts';
import { type MigrationId, migrationIds } from '../shapes/migrations.ts';
import { runViewOf } from '../views/run-view.ts';

export interface MovedRows {
  readonly migration: MigrationId;
  readonly byState: ReadonlyMap<string, number>;
  /** Null: nothing was ever moved. */
  readonly newest: {
    readonly rowsTotal: number;
    readonly written: number;
    readonly setAside: number;
    readonly rowsPerSecond: number;
    readonly alive: boolean;
  } | null;
}

type Opened = Pick<Migrations, 'at' | 'watch'>;

export async function readMoves(migrations: Opened): Promise<MovedRows[]> {
  const found = await Promise.all(migrationIds.map((id) => readMove(migrations, id).catch(() => null)));
  return found.filter((move) => move !== null);
}

/** Null: not open. */
async function readMove(migrations: Opened, migration: MigrationId): Promise<MovedRows | null> {
  const { engine, journey } = deskAt(migrations, migration)?.opened ?? {};
  if (engine === undefined || journey === undefined) return null;
  const runs = await engine.runs();
  const byState = new Map<string, number>();
  for (const { state } of runs) byState.set(state, (byState.get(state) ?? 0) + 1);
  const current = (await journey.state()).run;
  if (current === null) return { migration, byState, newest: null };
  const { data } = runViewOf(await migrations.watch(migration).look(current.runId));
  const { written, setAside, alive, progress } = data;
  const { rowsTotal, rowsPerSecond } = progress;
  return {
    migration,
    byState,
    newest: { rowsTotal, written, setAside, rowsPerSecond: rowsPerSecond ?? 0, alive },
  };
}

export function deskAt(migrations: Pick<Migrations, 'at'>, id: MigrationId): Desk | null {
  try {
    return migrations.at(id);
  } catch {
    return null;
  }
}
