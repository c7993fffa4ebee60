/** `towpath serve add-person|remove-person|list-people`: who may open the page, and as what. */
import { MigrationError } from '../../engine/core/errors.ts';
import type { Role } from '../../server/shapes/access.ts';
import type { Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { formatTable } from '../text/table.ts';
import { usageError } from '../usage-error.ts';

export interface PeopleOptions {
  readonly role?: Role;
  readonly days?: number;
  readonly address?: string;
}

export const peopleActions = ['add-person', 'remove-person', 'list-people'] as const;
export type PeopleAction = (typeof peopleActions)[number];

export async function changePeople(
  context: Context,
  action: PeopleAction,
  name: string | undefined,
  options: PeopleOptions,
): Promise<ExitCode> {
  const file = await import('../../server/access/people-file.ts');
  const { accessFile } = await context.config();
  if (accessFile === null) throw noFile();
  const path = context.path(accessFile);
  if (action === 'list-people') return showPeople(context, file.readPeople(path));
  const read = file.personName.safeParse(name);
  if (!read.success)
    throw usageError(
      'There is no name that can be used.',
      `Name the person: towpath serve ${action} "Ada Lovelace"`,
    );
  if (action === 'add-person') return add(context, path, read.data, options);
  file.removePerson(path, read.data);
  context.output.result({ status: 'removed', name: read.data });
  context.output.say(`${read.data} can no longer come in; open pages of theirs have ended.`);
  return exitCode.done;
}

const day = 86_400_000;

async function add(
  { world, output }: Context,
  path: string,
  name: string,
  { role, days, address = 'http://127.0.0.1:4400' }: PeopleOptions,
): Promise<ExitCode> {
  if (role === undefined)
    throw usageError(
      'There is no role.',
      'Add --role viewer (reads), operator (works) or approver (decides).',
    );
  const { addPerson } = await import('../../server/access/people-file.ts');
  const now = world.clock.now();
  const until = days === undefined ? null : new Date(now.getTime() + days * day);
  const token = addPerson(path, { name, role, until, now });
  const link = `${address.replace(/\/+$/, '')}/enter?token=${token}`;
  output.result({ status: 'added', name, role, token, until: until?.toISOString() ?? null });
  output.say(
    `${name} may come in as ${role}${until === null ? '' : ` until ${until.toISOString().slice(0, 10)}`}.`,
    `Their address: ${link}`,
    'It is shown once and kept nowhere. Whoever has it is taken for them: hand it over as you would a password.',
  );
  return exitCode.done;
}

function showPeople(
  { output }: Context,
  people: readonly { name: string; role: Role; addedAt: string; until: string | null }[],
): ExitCode {
  output.result({ people: people.map(({ name, role, addedAt, until }) => ({ name, role, addedAt, until })) });
  const rows = people.map(({ name, role, addedAt, until }) => [
    name,
    role,
    addedAt.slice(0, 10),
    until === null ? 'no end' : until.slice(0, 10),
  ]);
  output.say(...formatTable(['Name', 'Role', 'Since', 'Until'], rows));
  return exitCode.done;
}

function noFile(): MigrationError {
  return new MigrationError({
    code: 'MISSING_CONFIG',
    message: 'There is no file of people.',
    hint: 'Add a line to .env: TOWPATH_ACCESS_FILE=.towpath/people.json. The file is made with the first person.',
  });
}
