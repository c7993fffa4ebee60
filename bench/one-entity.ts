/**
 * One table of a million rows and twelve columns with three foreign keys: Towpath’s transformed load against
 * `psql COPY | COPY` of the same rows. The peer is timed twice: with its primary key, as the bar asks, and with the
 * indexes and foreign keys that Towpath makes as well.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type Measured, median, ratioOf, seconds, verdict } from './measurement.ts';
import { oneEntitySql, PEER_FOREIGN_KEYS, PEER_KEY, PEER_TABLE, TASKS } from './one-entity.sql.ts';
import type { Row } from './row.ts';
import { runCommand } from './run-command.ts';
import { makePlan, migrate, type TowpathPlace } from './towpath.ts';
import { freshTarget, onDatabase, type Workplace } from './workplace.ts';

const ASK = 2.0;
const SOURCE = 'bench_one_entity';

interface PeerTimes {
  readonly copy: number;
  readonly key: number;
  readonly foreignKeys: number;
}

export const oneEntity: Row = {
  id: 'one-entity',
  what: 'a million rows transformed, against psql COPY | COPY and its key',
  ask: `at most ${ASK.toFixed(1)} ×, stretch 1.3`,
  needs: ['psql'],
  async measure(workplace) {
    const rows = Math.max(1000, Math.round(1_000_000 * workplace.options.scale));
    await workplace.source.createDatabase(SOURCE);
    await onDatabase(workplace.source.url(SOURCE), ...oneEntitySql(rows));
    const ours: number[] = [];
    const engine: number[] = [];
    const peers: PeerTimes[] = [];
    for (let run = 1; run <= workplace.options.runs; run++) {
      peers.push(await timePeer(workplace));
      const mine = await timeTowpath(workplace, rows);
      ours.push(mine.wall);
      engine.push(mine.engine);
      workplace.say(
        `  run ${run}: Towpath ${seconds(mine.wall)}, psql ${seconds(peers.at(-1)!.copy + peers.at(-1)!.key)}`,
      );
    }
    await workplace.source.dropDatabase(SOURCE);
    return outcomes(rows, workplace.options.scale === 1 ? ASK : null, { ours, engine, peers });
  },
};

function outcomes(
  rows: number,
  limit: number | null,
  { ours, engine, peers }: { ours: number[]; engine: number[]; peers: readonly PeerTimes[] },
): Measured[] {
  const withKey = peers.map(({ copy, key }) => copy + key);
  const withAll = peers.map(({ copy, key, foreignKeys }) => copy + key + foreignKeys);
  const asked = ratioOf(ours, withKey);
  const even = ratioOf(ours, withAll);
  const what = `${rows.toLocaleString('en-US')} rows, transformed`;
  return [
    {
      id: 'one-entity',
      what: `${what} ÷ COPY | COPY and primary key`,
      ask: oneEntity.ask,
      status: verdict(asked.value, limit),
      ...asked,
      limit,
      samples: {
        towpath: ours,
        'towpath without starting the process': engine,
        'psql copy and key': withKey,
      },
      notes: [
        `Towpath’s time holds the start of its process, mapping pairs, checkpoints, all keys, three indexes and three foreign keys; the run itself took ${seconds(median(engine))}.`,
      ],
    },
    {
      id: 'one-entity-even',
      what: `${what} ÷ COPY | COPY, primary key, the same indexes and foreign keys`,
      ask: 'told, not asked',
      status: 'told',
      ...even,
      limit: null,
      samples: { towpath: ours, 'psql with all keys': withAll },
      notes: [],
    },
  ];
}

async function timePeer(workplace: Workplace): Promise<PeerTimes> {
  const target = await freshTarget(workplace, 'bench_peer');
  const source = workplace.source.url(SOURCE);
  await onDatabase(target, ...PEER_TABLE);
  for (const parent of ['legacy_office', 'legacy_doctor', 'legacy_patient'])
    await copyVerbatim(workplace, source, target, parent);
  await onDatabase(target, 'checkpoint');
  const copy = await copyVerbatim(workplace, source, target, TASKS);
  const key = await timed(() => onDatabase(target, PEER_KEY));
  const foreignKeys = await timed(() => onDatabase(target, ...PEER_FOREIGN_KEYS));
  return { copy, key, foreignKeys };
}

async function copyVerbatim(
  { folder }: Workplace,
  source: string,
  target: string,
  table: string,
): Promise<number> {
  const script = 'psql -qX "$1" -c "copy $3 to stdout" | psql -qX "$2" -c "copy $3 from stdin"';
  const { milliseconds } = await runCommand('sh', ['-c', script, 'copy', source, target, table], {
    cwd: folder,
    env: {},
  });
  return milliseconds;
}

async function timeTowpath(workplace: Workplace, rows: number): Promise<{ wall: number; engine: number }> {
  const target = await freshTarget(workplace, 'bench_towpath');
  const place: TowpathPlace = { source: workplace.source.url(SOURCE), target, plan: 'one-entity' };
  await makePlan(workplace, place);
  const [entity, ...parents] = entitiesOf(workplace, place);
  await migrate(workplace, place, parents.join(','), null, '--no-validate');
  await onDatabase(target, 'checkpoint');
  const { milliseconds, runMilliseconds } = await migrate(workplace, place, entity!, rows, '--no-validate');
  return { wall: milliseconds, engine: runMilliseconds };
}

function entitiesOf({ folder }: Workplace, { plan }: TowpathPlace): string[] {
  const { entities } = parse(readFileSync(`${folder}/${plan}.yaml`, 'utf8')) as {
    entities: { name: string; source: { table: string } }[];
  };
  const main = entities.find(({ source }) => source.table === TASKS)!.name;
  return [main, ...entities.map(({ name }) => name).filter((name) => name !== main)];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
