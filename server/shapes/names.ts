/** What stands in an address: names of entities, keys of rows, ids of runs. */
import { z } from 'zod';

const runId = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[\w.-]+$/);

/** `latest`: the newest run. */
export const runParams = { runId };

/** Absent: the newest run. */
export const runQuery = z.object({ run: runId.optional() });

export const entityParams = { name: z.string().min(1).max(200) };

/** `key`: the old key as text (of several columns: a JSON list), or the new id. */
export const rowParams = { entity: z.string().min(1).max(200), key: z.string().min(1).max(1000) };

/** `run-7.html`: a run and a format. */
export const reportParams = {
  file: z
    .string()
    .max(120)
    .regex(/^[\w.-]+\.(html|json|md)$/),
};
