/**
 * The newest rehearsal, as a file. Its samples are masked already; what its checks expected and found is left out, because
 * findings quote values.
 */
import { z } from 'zod';
import { chaosReport } from '../contract/chaos.ts';
import type { RehearsalReport } from '../contract/rehearsal.ts';
import { MigrationError } from '../core/errors.ts';
import { storedValidation } from '../validation/stored-validation.ts';
import { PRIVATE, readTextFile, writeJsonFile } from './files.ts';

const row = z.record(z.string(), z.string().nullable());

const rehearsal = z.object({
  status: z.enum(['passed', 'failed']),
  planHash: z.string(),
  entities: z.array(
    z.object({
      entity: z.string(),
      rows: z.number(),
      written: z.number(),
      repaired: z.number(),
      quarantined: z.number(),
      duplicates: z.number().optional(),
      rowsPerSecond: z.number(),
      samples: z.array(z.object({ before: row, after: row })),
    }),
  ),
  validation: z.unknown(),
  forecast: z.object({
    rows: z.number(),
    seconds: z.object({ low: z.number(), likely: z.number(), high: z.number() }),
    targetBytes: z.number(),
    walBytes: z.number(),
  }),
  removedLeftovers: z.array(z.string()),
  chaos: chaosReport.optional(),
});

export function writeRehearsalFile(path: string, report: RehearsalReport): void {
  const { validation } = report;
  const issues = validation.issues.map(
    ({ expected: _expected, actual: _actual, fix: _fix, ...finding }) => finding,
  );
  const checks = validation.checks.map((check) => ({ ...check, expected: null, actual: null }));
  writeJsonFile(path, { ...report, validation: { ...validation, checks, issues } }, PRIVATE);
}

/** Null where nothing was rehearsed, or by a version whose result this one cannot read: then it is rehearsed again. */
export function readRehearsalFile(path: string): RehearsalReport | null {
  const text = readTextFile(path);
  if (text === null) return null;
  const found = rehearsal.safeParse(json(text, path));
  const validation = found.success ? storedValidation(found.data.validation) : null;
  if (!found.success || validation === null) return null;
  const { chaos, ...rest } = found.data;
  return { ...rest, validation, ...(chaos === undefined ? {} : { chaos }) };
}

function json(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new MigrationError({
      code: 'FILE_INVALID',
      message: `${path} is not the result of a rehearsal.`,
      hint: 'Remove it and rehearse again: towpath rehearse',
      cause,
    });
  }
}
