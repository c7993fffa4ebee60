/** Whether something can take the place of a value that does not fit: every text column has it, others where the plan says. */
import type { PlanColumn } from './plan-file.ts';

const TEXTS = /^(text|citext|character|varchar|bpchar)/i;

export function hasPlaceholder({ type, placeholder }: Pick<PlanColumn, 'type' | 'placeholder'>): boolean {
  return placeholder !== undefined || (TEXTS.test(type) && !type.endsWith(']'));
}
