/**
 * The people who may come in: a file with names, roles and hashes of tokens. A token is shown once, when it is made; the
 * file cannot be used to come in. Others than its owner must not be able to write it.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { MigrationError } from '../../engine/core/errors.ts';
import { type Role, role } from '../shapes/access.ts';
import { digestOf } from './access.ts';

/** As they stand in approvals and the audit log: one line of visible characters. */
export const personName = z
  .string()
  .trim()
  .min(2)
  .max(100)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u);

const person = z.strictObject({
  name: personName,
  role,
  tokenHash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  addedAt: z.iso.datetime(),
  /** The token ends then; null: it does not. */
  until: z.iso.datetime().nullable(),
});
export type Person = z.infer<typeof person>;

const peopleFile = z.strictObject({ version: z.literal(1), people: z.array(person).max(1000) });

/** @throws ACCESS_FILE_MISSING, ACCESS_FILE_BROKEN */
export function readPeople(path: string): Person[] {
  const mode = modeOf(path);
  if (process.platform !== 'win32' && (mode & 0o022) !== 0)
    throw broken(path, 'can be written by other users', `Take that right away: chmod 600 ${path}`);
  const read = peopleFile.safeParse(parse(path));
  if (!read.success)
    throw broken(path, 'does not have the form it needs', 'Make it anew with “towpath serve add-person”.');
  return read.data.people;
}

export interface NewPerson {
  readonly name: string;
  readonly role: Role;
  readonly until: Date | null;
  readonly now: Date;
}

/**
 * The token, which is written nowhere.
 * @throws PERSON_KNOWN, ACCESS_FILE_BROKEN
 */
export function addPerson(path: string, { name, role: given, until, now }: NewPerson): string {
  const people = peopleOrNone(path);
  if (people.some((one) => one.name === name)) {
    throw new MigrationError({
      code: 'PERSON_KNOWN',
      message: `“${name}” is in ${path} already.`,
      hint: `For another role or token take the person out first: towpath serve remove-person "${name}"`,
    });
  }
  const token = randomBytes(24).toString('base64url');
  const added: Person = {
    name,
    role: given,
    tokenHash: `sha256:${digestOf(token)}`,
    addedAt: now.toISOString(),
    until: until === null ? null : until.toISOString(),
  };
  writePeople(path, [...people, added]);
  return token;
}

/** @throws UNKNOWN_PERSON, ACCESS_FILE_MISSING, ACCESS_FILE_BROKEN */
export function removePerson(path: string, name: string): void {
  const people = readPeople(path);
  const kept = people.filter((one) => one.name !== name);
  if (kept.length === people.length) {
    throw new MigrationError({
      code: 'UNKNOWN_PERSON',
      message: `“${name}” is not in ${path}.`,
      hint: 'Who is: towpath serve list-people. Nothing was changed.',
    });
  }
  writePeople(path, kept);
}

function peopleOrNone(path: string): Person[] {
  try {
    return readPeople(path);
  } catch (error) {
    if (error instanceof MigrationError && error.code === 'ACCESS_FILE_MISSING') return [];
    throw error;
  }
}

/** Whole or not at all: a server reads it while it is written. */
function writePeople(path: string, people: readonly Person[]): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.new`;
  writeFileSync(draft, `${JSON.stringify({ version: 1, people }, null, 2)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, path);
}

function modeOf(path: string): number {
  try {
    return statSync(path).mode;
  } catch (cause) {
    throw new MigrationError({
      code: 'ACCESS_FILE_MISSING',
      message: `The file of people, ${path}, cannot be read.`,
      hint: 'Make it with “towpath serve add-person NAME --role viewer”, or correct TOWPATH_ACCESS_FILE.',
      cause,
    });
  }
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function broken(path: string, what: string, hint: string): MigrationError {
  return new MigrationError({
    code: 'ACCESS_FILE_BROKEN',
    message: `The file of people, ${path}, ${what}. Nobody comes in by it.`,
    hint,
  });
}
