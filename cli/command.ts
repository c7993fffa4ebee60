/** What every command is made of, and what it is given to work with. */
import type { Command } from 'commander';
import type { Engine } from '../engine/contract/contract.ts';
import type { Clock } from '../engine/core/clock.ts';
import type { Config, Environment } from '../engine/core/config.ts';
import type { EngineRequest, Needs } from '../engine/run/open-engine.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Output } from './output.ts';

/** The process as the commands see it; tests hand in their own. */
export interface World {
  readonly env: Environment;
  readonly cwd: string;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream;
  readonly clock: Clock;
  readonly userName: string;
  readonly openEngine: OpenEngine;
  /** Calls the listener at Ctrl-C and at a request to end; returns the function that stops listening. */
  onInterrupt(listener: () => void): () => void;
  /** Ends the process at once. */
  exit(code: ExitCode): void;
}

export type OpenEngine = (request: EngineRequest) => Promise<Engine>;

export interface EngineOptions {
  readonly readOnlyTarget?: boolean;
  readonly flags?: Readonly<Record<string, string | number | boolean | undefined>>;
}

export interface Context {
  readonly world: World;
  readonly output: Output;
  readonly verbose: boolean;
  /** Bars on a terminal, but no lines: another voice tells what happens. */
  readonly quiet: boolean;
  /** Absolute. */
  readonly planPath: string;
  /** A command line that continues from here, with the same settings file: `towpath resume …`. */
  again(words: string): string;
  /** Where a file named by a person or by a default is: relative to where the command was started. */
  path(name: string): string;
  config(flags?: EngineOptions['flags']): Promise<Config>;
  /** The variables and the settings file, as `config` reads them. */
  environment(): Promise<Environment>;
  /** What was given with --config; null: `.env`, if there is one. */
  readonly settingsFile: string | null;
  /** Opens an engine for the time of the work and closes it afterwards. */
  withEngine<T>(needs: Needs, work: (engine: Engine) => Promise<T>, options?: EngineOptions): Promise<T>;
}

export interface GlobalOptions {
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly config?: string;
  readonly plan?: string;
}

/** A command module: says its arguments and options to commander, and does the work. */
export interface CommandModule<Options> {
  configure(command: Command): void;
  /** `words` are the arguments after the command's name; a variadic one comes as a list. */
  run(context: Context, options: Options, words: readonly string[]): Promise<ExitCode>;
}
