import { type Check, fail, pass, type Side, warn } from './check.ts';
import { freeConnectionsSql } from './connections.sql.ts';

/** Lanes of the largest run that is set by default, and what stands beside them. */
const WANTED = 8;

interface Free {
  readonly server: number;
  /** Null: no limit of its own. */
  readonly role: number | null;
  readonly database: number | null;
}

export function connections(side: Side): Check {
  return {
    name: `${side}-connections`,
    needs: [side],
    async look(context) {
      const wanted = context.connections ?? WANTED;
      const [row] = await context.database(side).query<Free>(freeConnectionsSql());
      const free = Math.max(0, Math.min(row!.server, row!.role ?? Infinity, row!.database ?? Infinity));
      if (free >= wanted) return pass(`${free} connections are free; a run uses up to ${wanted}.`);
      const message = `The ${side} has ${free} free connections; a run uses up to ${wanted}.`;
      const remedy =
        'Close other programs, lower --max-concurrency, or raise max_connections (or the user’s or database’s connection limit).';
      return free < 3 ? fail(message, remedy) : warn(message, remedy);
    },
  };
}
