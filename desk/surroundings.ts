/** What a desk stands in: the folder, the settings, and how another process of Towpath is started. Made by an entry point. */
import type { CodeRunners } from '../engine/contract/code.ts';
import type { Config, Environment } from '../engine/core/config.ts';

export interface Surroundings {
  /** Of this process, as it was started. */
  readonly env: Environment;
  /** Absolute. */
  readonly folder: string;
  /** Absolute. */
  readonly planPath: string;
  /** What was given with --config; null: `.env`, if there is one. */
  readonly settingsFile: string | null;
  /** The words before a command's name. */
  readonly towpath: readonly [string, ...string[]];
  /** Where a file named by a person or by a default is. */
  path(name: string): string;
  /** @throws INVALID_CONFIG */
  config(): Promise<Config>;
  /** The variables and the settings file, as `config` reads them. */
  environment(): Promise<Environment>;
  /** What runs the code of a plan; whoever opens one closes it. */
  codeRunners(): CodeRunners;
  now(): Date;
}
