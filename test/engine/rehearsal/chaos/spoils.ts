/** Engines that go wrong in one way on purpose, so that a rehearsal under faults has something to find. */
import type { MovingEngine, OpenMovingEngine } from '../../../../engine/rehearsal/chaos/disturbed-move.ts';
import type { Spoil } from './small-firm.ts';

type Connections = Parameters<OpenMovingEngine>[0];

/** The first move under faults is stopped in its first batch, so that it has to be resumed; the engine that does is spoiled. */
export const spoiled =
  (spoil: (engine: MovingEngine, connections: Connections) => Partial<MovingEngine>): Spoil =>
  (open) => {
    let starts = 0;
    let stopped = false;
    return (connections) => {
      const { failpoints } = connections;
      const hit = (name: string) => {
        if (starts < 2 || stopped || name !== 'batch.rows-copied') return failpoints.hit(name);
        stopped = true;
        throw new Error('stopped in a batch');
      };
      const engine = open({ ...connections, failpoints: { hit } });
      const start: MovingEngine['start'] = (plan, options) => {
        starts++;
        return engine.start(plan, options);
      };
      return { ...engine, start, ...spoil(engine, connections) };
    };
  };

/** Tables of the scratch schema have the names of the firm's; the ledger is found by the renamed `towpath`. */
export const afterResume = (work: string): Spoil =>
  spoiled((engine, { target }) => ({
    async resume(runId, options) {
      const result = await engine.resume(runId, options);
      if (result.state === 'completed') await spoilTables(target, work);
      return result;
    },
  }));

export async function spoilTables(target: Connections['target'], work: string): Promise<void> {
  const [found] = await target.query<{ schema: string }>(
    `select nspname as schema from pg_namespace where nspname ~ '^towpath_rehearsal_[0-9a-f]+$'`,
  );
  await target.query(work.replaceAll('SCRATCH', `"${found!.schema}"`));
}
