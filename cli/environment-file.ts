/** Settings from a file in the form of .env; a variable of the real environment wins over the file's. */
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import type { Environment } from '../engine/core/config.ts';
import { MigrationError } from '../engine/core/errors.ts';

/** `chosen` was named by a person and must exist; `usual` may be missing. */
export function readEnvironment(env: Environment, chosen: string | null, usual: string): Environment {
  if (chosen === null && !existsSync(usual)) return env;
  const path = chosen ?? usual;
  try {
    const given = Object.entries(env).filter(([, value]) => value !== undefined && value !== '');
    return { ...parse(readFileSync(path)), ...Object.fromEntries(given) };
  } catch (cause) {
    throw new MigrationError({
      code: 'FILE_MISSING',
      message: `The settings file ${path} cannot be read.`,
      hint: 'Check the name after --config, or leave it out to use .env; “towpath init” writes one.',
      cause,
    });
  }
}
