/**
 * Which kinds of records of a run cannot go on: broken ones, each with its error, and those that point at a broken one, at
 * first or second hand, and are not in yet. The others go on. What became of a table, a permission, a constraint, the code
 * of a plan or the source all comes here, so there is one answer to “what waits, and for what”.
 */
import type { MigrationError } from '../core/errors.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { dependentsOf } from '../plan/source-drift.ts';

export interface WaitingEntity {
  readonly entity: string;
  /** What it points at. */
  readonly because: string;
}

export interface HeldEntities {
  /** The first error of an entity stays. */
  hold(entity: string, error: MigrationError): void;
  /** It is in, so it waits for nothing. */
  done(entity: string): void;
  /** Broken or waiting. */
  has(entity: string): boolean;
  readonly broken: ReadonlyMap<string, MigrationError>;
  waiting(): readonly WaitingEntity[];
}

/** `done`: entities that are in from an earlier attempt, the broken ones too: then nothing waits for them. */
export function createHeldEntities(
  plan: PlanFile,
  start: {
    readonly broken?: ReadonlyMap<string, MigrationError>;
    readonly done?: Iterable<string>;
  } = {},
): HeldEntities {
  const broken = new Map(start.broken);
  const done = new Set(start.done);
  let waiting: readonly WaitingEntity[] = [];
  const look = () => {
    const open = [...broken.keys()].filter((name) => !done.has(name));
    waiting = open.length === 0 ? [] : dependentsOf(plan, open, done);
  };
  look();
  return {
    broken,
    hold(entity, error) {
      if (!broken.has(entity)) broken.set(entity, error);
      done.delete(entity);
      look();
    },
    done(entity) {
      done.add(entity);
      look();
    },
    has: (name) => broken.has(name) || waiting.some(({ entity }) => entity === name),
    waiting: () => waiting,
  };
}
