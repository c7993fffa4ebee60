/** Where rows are handed over to code: one runner an entity and piece of code, opened when the first rows come. */
import type { CodeRunners } from '../../contract/code.ts';
import type { Log } from '../../core/log.ts';
import type { CompiledCode, CompiledEntity } from '../../mapping/compiled-entity.ts';
import { createUnitRunner, type UnitRunner } from './unit-runner.ts';

export interface CodeDesk {
  /** In the order of `compiled.code`. */
  runnersOf(compiled: Pick<CompiledEntity, 'plan' | 'code'>): readonly UnitRunner[];
  /** Ends the entity's runners until more rows come. */
  rest(entity: string): Promise<void>;
  close(): Promise<void>;
}

/** The runners stay the caller's: `close` ends what the desk opened. */
export function createCodeDesk(runners: CodeRunners, log: Pick<Log, 'warn'>): CodeDesk {
  const byEntity = new Map<string, Map<string, UnitRunner>>();

  function runnerOf(entity: string, { unit, name }: CompiledCode): UnitRunner {
    const known = byEntity.get(entity) ?? new Map<string, UnitRunner>();
    byEntity.set(entity, known);
    const key = JSON.stringify(unit);
    const found =
      known.get(key) ??
      createUnitRunner(runners, unit, { entity, name }, ({ kind, rowIndex }) =>
        log.warn('code.runner-died', { kind, rowIndex }, { entity }),
      );
    known.set(key, found);
    return found;
  }

  const rest = async (entity: string): Promise<void> => {
    await Promise.all([...(byEntity.get(entity)?.values() ?? [])].map((runner) => runner.rest()));
  };

  return {
    runnersOf: ({ plan, code }) => code.map((one) => runnerOf(plan.name, one)),
    rest,
    async close() {
      await Promise.all([...byEntity.keys()].map(rest));
    },
  };
}
