/** Models outside of strict mode leave out what they would have to call null. Where null is allowed, that is what they meant. */
import { z } from 'zod';

export function fillNulls(schema: z.core.$ZodType, value: unknown): unknown {
  if (schema instanceof z.ZodNullable) return value === null ? null : fillNulls(schema.unwrap(), value);
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item) => fillNulls(schema.element, item));
  }
  if (!(schema instanceof z.ZodObject) || !isRecord(value)) return value;
  const filled: Record<string, unknown> = { ...value };
  for (const [key, field] of Object.entries(schema.shape)) {
    if (filled[key] !== undefined) filled[key] = fillNulls(field, filled[key]);
    else if (field instanceof z.ZodNullable) filled[key] = null;
  }
  return filled;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
