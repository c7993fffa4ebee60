/** Runs: which there were, and how far one is, with the time left as a range or not at all. */
import { z } from 'zod';
import { eventFacts } from '../../engine/contract/facts.ts';
import { runFacts } from '../../engine/contract/journey-state.ts';
import { nothingYet, told } from './told.ts';

export type RunFacts = z.infer<typeof runFacts>;

export const runSummary = runFacts.extend({
  migration: z.string(),
  planHash: z.string(),
  startedAt: z.string(),
  updatedAt: z.string(),
  finishedAt: z.string().nullable(),
});
export type RunSummary = z.infer<typeof runSummary>;

/** Newest first. */
export const runs = z.array(runSummary);
export type Runs = z.infer<typeof runs>;

export const entityProgress = z.object({
  entity: z.string(),
  title: z.string(),
  level: z.number(),
  state: z.enum(['pending', 'copying', 'finishing', 'completed', 'failed', 'skipped', 'rolled-back']),
  /** Rows that are to be moved: those of the old table that the plan does not leave out. */
  rowsTotal: z.number(),
  rowsDone: z.number(),
  written: z.number(),
  repaired: z.number(),
  setAside: z.number(),
  leftOut: z.number(),
  duplicates: z.number(),
  /** Share of its rows that may be set aside before a gate closes; null: the plan of the run is not kept. */
  limit: z.number().nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string() }).nullable(),
});
export type EntityProgress = z.infer<typeof entityProgress>;

export const levelProgress = z.object({
  level: z.number(),
  /** to-do · copying · checking, its gate is not passed yet · stopped, its gate is closed or something failed · passed */
  state: z.enum(['to-do', 'copying', 'checking', 'stopped', 'passed']),
  entities: z.array(z.string()),
  rowsTotal: z.number(),
  rowsDone: z.number(),
  setAside: z.number(),
});
export type LevelProgress = z.infer<typeof levelProgress>;

/** What changes of it while records move. */
export const levelFigures = levelProgress.omit({ entities: true });
export type LevelFigures = z.infer<typeof levelFigures>;

export const runProgress = z.object({
  rowsTotal: z.number(),
  rowsDone: z.number(),
  /** Of levels that have passed their gates. */
  rowsChecked: z.number(),
  /** Over the last ten seconds; null: not known, because nothing moves or it has only just been looked at. */
  rowsPerSecond: z.number().nullable(),
  /** Since the start; null: no row has moved yet. */
  averageRowsPerSecond: z.number().nullable(),
  /** Null: nothing is moving, or nothing is known yet. */
  secondsLeft: z.object({ low: z.number(), likely: z.number(), high: z.number() }).nullable(),
  batches: z.number(),
  /** When these figures were read. */
  at: z.string(),
});
export type RunProgress = z.infer<typeof runProgress>;

export const runView = told(
  runSummary.extend({
    progress: runProgress,
    byLevel: z.array(levelProgress),
    entities: z.array(entityProgress),
    /** In the order of time. */
    throughput: z.array(z.object({ at: z.string(), rowsPerSecond: z.number() })),
    /** Share of a level's rows that may be set aside before its gate closes; null: the plan of the run is not kept. */
    gateLimit: z.number().nullable(),
  }),
);
export type RunView = z.infer<typeof runView>;

/** Before the first move there is none. */
export const runAnswer = z.union([runView, nothingYet]);
export type RunAnswer = z.infer<typeof runAnswer>;

/** What happened, in words, newest last. */
export const history = told(z.array(eventFacts));
export type History = z.infer<typeof history>;
