/** The shapes that scripts rely on, as product documentation fixes them. Further fields may come, none may go. */
import { z } from 'zod';

const isoDuration = z.string().regex(/^PT(\d+H)?(\d+M)?(\d+(\.\d+)?S)?$/);
const isoTime = z.iso.datetime();
const flag = z.boolean().nullable();

export const successShape = z.looseObject({
  status: z.literal('success'),
  entity: z.string(),
  execution: z.strictObject({
    startTime: isoTime.nullable(),
    endTime: isoTime.nullable(),
    duration: isoDuration,
    durationMs: z.int(),
  }),
  results: z.looseObject({
    totalRecords: z.int(),
    successful: z.int(),
    failed: z.int(),
    successRate: z.number().min(0).max(100),
  }),
  validation: z.strictObject({ recordCountMatch: flag, referentialIntegrity: flag, dataQuality: flag }),
  mappings: z.strictObject({ legacyIdsPreserved: z.int(), uuidsGenerated: z.int() }),
});

export const errorShape = z.looseObject({
  status: z.literal('error'),
  entity: z.string(),
  error: z.strictObject({
    code: z.string(),
    message: z.string(),
    help: z.string().regex(/^docs\/recovery\.md#[a-z_]+$/),
    details: z.record(z.string(), z.unknown()),
  }),
  recovery: z.strictObject({ suggestion: z.string(), rollbackRequired: z.boolean() }),
});

export const progressShape = z.looseObject({
  status: z.literal('in_progress'),
  entity: z.string(),
  progress: z.looseObject({
    currentBatch: z.int(),
    totalBatches: z.int().nullable(),
    percentComplete: z.number().min(0).max(100),
    recordsProcessed: z.int(),
    recordsRemaining: z.int(),
    estimatedTimeRemaining: isoDuration.nullable(),
  }),
  performance: z.looseObject({
    recordsPerSecond: z.int(),
    averageBatchTime: isoDuration,
    memoryUsage: z.int(),
  }),
});

export const validationShape = z.looseObject({
  entity: z.string(),
  timestamp: isoTime,
  validation: z.strictObject({
    overallStatus: z.enum(['verified', 'differences', 'incomplete']),
    checks: z.array(
      z.looseObject({
        type: z.string(),
        status: z.string(),
        expected: z.string().nullable(),
        actual: z.string().nullable(),
        tolerance: z.string(),
      }),
    ),
  }),
  issues: z.array(z.unknown()),
  recommendations: z.array(z.string()),
});
