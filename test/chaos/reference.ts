/** What an uninterrupted move of the sample leaves: the measure of all others. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type PlanFile, planFile } from '../../engine/plan/plan-file.ts';
import { readContent, type TargetContent } from '../scenarios/target-content.ts';
import type { Ended } from '../scenarios/towpath-process.ts';
import { readKeys } from './invariants.ts';
import type { Lane, Place } from './lane.ts';

export interface Reference {
  readonly plan: PlanFile;
  readonly planText: string;
  readonly content: TargetContent;
  /** Entity → old keys that the move accounts for: moved or set aside. */
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>;
  readonly rows: number;
  /** What one move sends, for the choice of moments. */
  readonly bytes: Readonly<Record<'source' | 'target', unknown>>;
}

export const MIGRATE = 'migrate all --max-failure-rate 1 --yes --json';

export async function makeReference(lane: Lane): Promise<Reference> {
  const place = await lane.open({ ownSource: false, onSmallDisk: false });
  try {
    must(await place.run('plan --name sample --schema public'));
    must(await place.run('map answer --all-recommended'));
    const planText = readFileSync(join(place.folder, 'towpath.plan.yaml'), 'utf8');
    const plan = planFile.parse(parse(planText));
    const before = {
      source: place.proxies.source.counts().bytes,
      target: place.proxies.target.counts().bytes,
    };
    must(await place.run(`${MIGRATE} --batch-size 150 --max-concurrency 2`));
    const after = {
      source: place.proxies.source.counts().bytes,
      target: place.proxies.target.counts().bytes,
    };
    const content = await contentOf(place, plan);
    const keys = await readKeys(place);
    const rows = Object.values(content.tables).reduce((sum, line) => sum + Number.parseInt(line, 10), 0);
    return {
      plan,
      planText,
      content,
      keys,
      rows,
      bytes: { source: [before.source, after.source], target: [before.target, after.target] },
    };
  } finally {
    await place.close();
  }
}

export function contentOf(place: Place, plan: PlanFile): Promise<TargetContent> {
  return readContent((text, values) => place.query('target', text, values), plan);
}

function must(ended: Ended): void {
  if (ended.code !== 0) throw new Error(`the uninterrupted move failed: ${ended.stderr.slice(-2000)}`);
}
