/** What an uninterrupted move leaves: the measure of all others. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { createClock } from '../../engine/core/clock.ts';
import { createConnectionConfig } from '../../engine/core/connection-config.ts';
import { createFailpoints } from '../../engine/core/failpoints.ts';
import { createSilentLog } from '../../engine/core/log.ts';
import { createDatabase } from '../../engine/db/database.ts';
import { type PlanFile, planFile } from '../../engine/plan/plan-file.ts';
import { createEngine } from '../../engine/run/engine.ts';
import { readContent, type TargetContent } from '../scenarios/target-content.ts';
import type { Ended } from '../scenarios/towpath-process.ts';
import { readKeys } from './invariants.ts';
import type { Lane, Place } from './lane.ts';
import { MIGRATE } from './migrate-command.ts';
import type { World } from './schedule.ts';
import { planShop } from './shop.ts';
import { type KeyedContent, readByKey } from './untouched-rows.ts';

export interface Reference {
  readonly plan: PlanFile;
  readonly planText: string;
  readonly content: TargetContent;
  /** Of the tables whose source may change, row for row. */
  readonly byKey: KeyedContent;
  /** Entity → old keys that the move accounts for: moved or set aside. */
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>;
}

/** For one lane. */
export interface References {
  of(world: World): Promise<Reference>;
}

/** The sample's is the same everywhere; in the shop, ids of rows that are there before are each server's own. */
export function createReferences(lane: Lane, sample: Reference): References {
  let shop: Promise<Reference> | null = null;
  return {
    of(world) {
      if (world === 'sample') return Promise.resolve(sample);
      shop ??= makeReference(lane, 'shop');
      return shop;
    },
  };
}

export async function makeReference(lane: Lane, world: World): Promise<Reference> {
  const place = await lane.open({ world, ownSource: false, onSmallDisk: false });
  try {
    const planText = world === 'sample' ? await planSample(place) : stringify(await planOfShop(place));
    writeFileSync(join(place.folder, 'towpath.plan.yaml'), planText);
    const plan = planFile.parse(parse(planText));
    must(await place.run(`${MIGRATE} --batch-size 150 --max-concurrency 2`));
    return {
      plan,
      planText,
      content: await contentOf(place, plan),
      byKey: await readByKey(place, plan),
      keys: await readKeys(place),
    };
  } finally {
    await place.close();
  }
}

async function planSample(place: Place): Promise<string> {
  must(await place.run('plan --name sample --schema public'));
  must(await place.run('map answer --all-recommended'));
  return readFileSync(join(place.folder, 'towpath.plan.yaml'), 'utf8');
}

async function planOfShop({ lane, databases }: Place): Promise<PlanFile> {
  const log = createSilentLog();
  const open = (side: 'source' | 'target') => {
    const { hostname: host, port, username: user, password } = new URL(lane.servers[side].url(''));
    const database = databases[side];
    return createDatabase(
      createConnectionConfig({ host, port: Number(port), user, password, database }),
      side,
      { log },
    );
  };
  const [source, target] = [open('source'), open('target')];
  try {
    return await planShop(
      createEngine({
        config: { maxRetryAttempts: 0 },
        source,
        target,
        log,
        clock: createClock(),
        failpoints: createFailpoints(''),
      }),
    );
  } finally {
    await Promise.all([source.end(), target.end()]);
  }
}

export function contentOf(place: Place, plan: PlanFile): Promise<TargetContent> {
  return readContent((text, values) => place.query('target', text, values), plan);
}

function must(ended: Ended): void {
  if (ended.code !== 0) throw new Error(`the uninterrupted move failed: ${ended.stderr.slice(-2000)}`);
}
