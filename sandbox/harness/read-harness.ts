/** The text that runs inside the container. It travels as an argument, so it has to fit into one (128 kB on Linux). */
import { readFileSync } from 'node:fs';

export function readHarness(): string {
  return readFileSync(new URL('./harness.cjs', import.meta.url), 'utf8');
}
