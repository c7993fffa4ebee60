/** `towpath serve`: the page, and the API that it and scripts use; and who may open it. */
import type { CommandModule, Context } from '../command.ts';
import type { ExitCode } from '../exit-codes.ts';
import { oneOf, wholeNumber } from '../option-values.ts';
import { type PeopleAction, type PeopleOptions, peopleActions } from '../serve/people.ts';
import type { ServeOptions } from '../serve/serve-page.ts';
import { usageError } from '../usage-error.ts';

type Options = ServeOptions & PeopleOptions;

export const serveCommand: CommandModule<Options> = {
  configure(command) {
    command
      .argument(
        '[action]',
        'add-person, remove-person or list-people; without one the page is served',
        oneOf(...peopleActions),
      )
      .argument('[name]', 'with add-person and remove-person: as it will stand beside what they decide')
      .option('--port <n>', 'where it listens (0: any free one)', wholeNumber(0, 65_535), 4400)
      .option(
        '--host <address>',
        'the address of this computer to listen at; others need people who sign in',
        '127.0.0.1',
      )
      .option(
        '--address <url>',
        'what people open, where that is another name or https: https://move.example.org',
      )
      .option(
        '--as <name>',
        'who decides approvals with the printed address (default: the user of this computer)',
      )
      .option(
        '--role <role>',
        'with add-person: viewer, operator or approver',
        oneOf('viewer', 'operator', 'approver'),
      )
      .option('--days <n>', 'with add-person: the token ends after so many days', wholeNumber(1, 3650))
      .addHelpText(
        'after',
        `
Listens on this computer only. The printed address holds a token: whoever has it can approve. With people in a file
(TOWPATH_ACCESS_FILE) or in Supabase Auth (TOWPATH_SUPABASE_AUTH) each has a role instead, and other computers can be let in.
Ctrl-C ends the page; a migration that is moving goes on in a process of its own. More: docs/serve.md

Examples:
  towpath serve
  towpath serve add-person "Ada Lovelace" --role approver
  towpath serve --host 0.0.0.0 --address https://move.example.org`,
      );
  },
  run: (context, options, [action, name]) =>
    perform(context, options, action as PeopleAction | undefined, name),
};

async function perform(
  context: Context,
  options: Options,
  action: PeopleAction | undefined,
  name: string | undefined,
): Promise<ExitCode> {
  if (action !== 'add-person' && (options.role ?? options.days) !== undefined)
    throw usageError(
      'A role or an end can only be given to a person; the printed address is an approver’s.',
      'Add the person: towpath serve add-person "Ada Lovelace" --role viewer. Nothing was started.',
    );
  if (action === undefined) {
    const { servePage } = await import('../serve/serve-page.ts');
    return servePage(context, options);
  }
  if (action === 'list-people' && name !== undefined)
    throw usageError('“serve list-people” takes no name.', 'Leave it out.');
  const { changePeople } = await import('../serve/people.ts');
  return changePeople(context, action, name, options);
}
