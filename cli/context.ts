/** What a command works with, made from the process and the options that every command has. */
import { isAbsolute, join } from 'node:path';
import type { Config } from '../engine/core/config.ts';
import type { Context, EngineOptions, GlobalOptions, World } from './command.ts';
import { createOutput } from './output.ts';

export function createContext(world: World, options: GlobalOptions): Context {
  const path = (name: string) => (isAbsolute(name) ? name : join(world.cwd, name));
  const settingsFile = options.config === undefined ? null : path(options.config);
  const environment = async () => {
    const { readEnvironment } = await import('./environment-file.ts');
    return readEnvironment(world.env, settingsFile, path('.env'));
  };
  const config = async (flags?: EngineOptions['flags']): Promise<Config> => {
    const { loadConfig } = await import('../engine/core/config.ts');
    return loadConfig(await environment(), flags);
  };
  const output = createOutput(world, options.json ?? false);
  return {
    world,
    output,
    verbose: options.verbose ?? false,
    quiet: false,
    planPath: path(options.plan ?? 'towpath.plan.yaml'),
    again: (words) => `towpath ${words}${options.config === undefined ? '' : ` --config ${options.config}`}`,
    path,
    config,
    environment,
    settingsFile,
    async withEngine(needs, work, { readOnlyTarget = false, flags } = {}) {
      const loaded = await config(flags);
      if (options.verbose) output.warn(...loaded.warnings);
      const { codeRunners } = await import('./sandbox/code-runners.ts');
      const code = codeRunners(environment);
      const engine = await world.openEngine({
        config: loaded,
        needs,
        readOnlyTarget,
        logFolder: path('logs'),
        code,
      });
      try {
        return await work(engine);
      } finally {
        await engine.close();
        await code.close();
      }
    },
  };
}
