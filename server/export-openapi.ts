/** Writes docs/openapi.json. Run it after a change of a route or a shape: node server/export-openapi.ts */
import { writeFileSync } from 'node:fs';
import { describeApi } from './routes/api.ts';

writeFileSync(new URL('../docs/openapi.json', import.meta.url), describeApi());
