/** The plan's JSON Schema for editors: completion and red lines while a person edits plan.yaml. */
import { z } from 'zod';
import { planFile } from './plan-file.ts';

export function planJsonSchema(): string {
  const schema = z.toJSONSchema(planFile, { io: 'input', target: 'draft-2020-12' });
  return `${JSON.stringify({ ...schema, title: 'Towpath plan' }, null, 2)}\n`;
}
