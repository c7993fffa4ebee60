/** One place where trials happen, one after the other: a source server, a target server, and the databases each trial is made from. */
import { createControl } from '../../engine/control/control.ts';
import { createClock } from '../../engine/core/clock.ts';
import { createConnectionConfig } from '../../engine/core/connection-config.ts';
import { createSilentLog } from '../../engine/core/log.ts';
import { createDatabase } from '../../engine/db/database.ts';
import { createFaultProxy, type FaultProxy } from '../../engine/rehearsal/chaos/fault-proxy.ts';
import { createSample } from '../../sample/create-sample.ts';
import { outlineSupabase } from '../../sample/supabase/outline.ts';
import { mountSmallDisk, type SmallDisk } from '../scenarios/small-disk.ts';
import { createWorkplace, type Workplace } from '../scenarios/towpath-process.ts';
import { makeOwnFolder } from './abandoned.ts';
import { type ChaosServer, connectTo, startChaosServer } from './chaos-server.ts';
import type { Side, World } from './schedule.ts';
import { legacyShopWithDoubles, newShop } from './shop.ts';

const SCALE = 0.002;
const DEFECT_RATE = 0.005;
/** All targets share it, so that the same row has the same id in each. */
const NAMESPACE = '00000000-0000-4000-8000-00000000cafe';
const SOURCES: Readonly<Record<World, string>> = { sample: 'legacy', shop: 'legacy_shop' };
const TARGETS: Readonly<Record<World, string>> = { sample: 'template_target', shop: 'template_shop' };
export const DISK_MEGABYTES = 96;

export interface Lane {
  readonly servers: Readonly<Record<Side, ChaosServer>>;
  /** Null where mounting is not allowed. */
  readonly disk: SmallDisk | null;
  readonly cache: string;
  open(trial: Opening): Promise<Place>;
  /** May be called twice. */
  remove(): Promise<void>;
}

export interface Opening {
  readonly world: World;
  /** A copy of the source that may be changed. */
  readonly ownSource: boolean;
  /** New tables go to the disk that can be full. */
  readonly onSmallDisk: boolean;
}

/** The databases of one trial, and the command line that reaches them through the proxies. */
export interface Place extends Workplace {
  readonly lane: Lane;
  readonly databases: Readonly<Record<Side, string>>;
  readonly proxies: Readonly<Record<Side, FaultProxy>>;
  /** Past the proxy. */
  query<T = Record<string, unknown>>(side: Side, text: string, values?: unknown[]): Promise<T[]>;
  close(): Promise<void>;
}

/** `cache`: a folder for what Node makes of the program's files, so that the next command starts sooner. */
export async function openLane(cache: string): Promise<Lane> {
  const [source, target] = await Promise.all([startChaosServer(), startChaosServer()]);
  const servers = { source, target };
  const disk = mountSmallDisk(DISK_MEGABYTES, () => makeOwnFolder('disk'));
  await Promise.all([prepareSource(source), prepareTarget(target)]);
  if (disk !== null) await target.query('postgres', `create tablespace small location '${disk.folder}'`);
  let opened = 0;
  let removed: Promise<void> | null = null;
  const lane: Lane = {
    servers,
    disk,
    cache,
    async open({ world, ownSource, onSmallDisk }) {
      opened++;
      const databases = {
        source: ownSource ? `legacy_${opened}` : SOURCES[world],
        target: `new_${opened}`,
      };
      if (ownSource) await source.createDatabase(databases.source, SOURCES[world]);
      await target.createDatabase(databases.target, TARGETS[world]);
      if (onSmallDisk)
        await target.query('postgres', `alter database ${databases.target} set default_tablespace = small`);
      return openPlace(lane, databases, ownSource);
    },
    remove() {
      removed ??= (async () => {
        await Promise.allSettled([source.remove(), target.remove()]);
        disk?.remove();
      })();
      return removed;
    },
  };
  return lane;
}

async function openPlace(lane: Lane, databases: Place['databases'], ownSource: boolean): Promise<Place> {
  const { servers } = lane;
  const proxyOf = (side: Side) =>
    createFaultProxy({ host: '127.0.0.1', port: servers[side].port }, { clock: createClock() });
  const [source, target] = await Promise.all([proxyOf('source'), proxyOf('target')]);
  const proxies = { source, target };
  const through = (side: Side) => {
    const url = new URL(servers[side].url(databases[side]));
    url.port = String(proxies[side].port);
    return url.href;
  };
  const place = createWorkplace({ source: through('source'), target: through('target') });
  return {
    ...place,
    lane,
    databases,
    proxies,
    query: (side, text, values) => servers[side].query(databases[side], text, values),
    async close() {
      await Promise.all([source.close(), target.close()]);
      place.remove();
      lane.disk?.resize(DISK_MEGABYTES);
      await Promise.all([servers.source.revive(), servers.target.revive()]);
      await servers.target.dropDatabase(databases.target);
      if (ownSource) await servers.source.dropDatabase(databases.source);
    },
  };
}

async function prepareSource(server: ChaosServer): Promise<void> {
  await server.createDatabase(SOURCES.sample, 'template0');
  await createSample(server.url(SOURCES.sample), { scale: SCALE, defectRate: DEFECT_RATE });
  await server.createDatabase(SOURCES.shop, 'template0');
  await server.query(SOURCES.shop, legacyShopWithDoubles);
}

async function prepareTarget(server: ChaosServer): Promise<void> {
  await server.createDatabase(TARGETS.sample, 'template0');
  const client = await connectTo(server.url(TARGETS.sample));
  await outlineSupabase(client).finally(() => client.end());
  await beginLedger(server, 'sample');
  await server.createDatabase(TARGETS.shop, 'template0');
  await server.query(TARGETS.shop, newShop);
  await beginLedger(server, 'shop');
}

/** With a run of the same migration that gave up at once: later runs inherit its namespace. */
async function beginLedger(server: ChaosServer, world: World): Promise<void> {
  const name = TARGETS[world];
  const { port, hostname: host, username: user, password } = new URL(server.url(name));
  const database = createDatabase(
    createConnectionConfig({ host, port: Number(port), user, password, database: name }),
    'target',
    { log: createSilentLog() },
  );
  await createControl(database)
    .ensure()
    .finally(() => database.end());
  await server.query(
    name,
    `insert into towpath.migration_control (run_id, migration, state, plan_hash, namespace, mode, started_at)
     values ('seed', $2, 'cancelled', '-', $1, 'seed', '2020-01-01')`,
    [NAMESPACE, world],
  );
}
