/** Writes docs/plan.schema.json. Run it after a change of plan-file.ts: node engine/plan/export-plan-schema.ts */
import { writeFileSync } from 'node:fs';
import { planJsonSchema } from './plan-schema.ts';

writeFileSync(new URL('../../docs/plan.schema.json', import.meta.url), planJsonSchema());
