/** Who may open the page: the people of a file, those of Supabase Auth, or whoever has the printed address. */
import { randomBytes } from 'node:crypto';
import type { Config } from '../../engine/core/config.ts';
import { invalid } from '../../engine/core/connection-config.ts';
import type { Log } from '../../engine/core/log.ts';
import { type Access, createJointAccess, createOwnerAccess } from '../../server/access/access.ts';
import { createPeopleAccess } from '../../server/access/people-access.ts';
import type { Context } from '../command.ts';

export interface Entrance {
  readonly access: Access;
  /** For the printed address; null: people have tokens of their own. */
  readonly token: string | null;
}

const shortest = 20;

/** @throws INVALID_CONFIG, ACCESS_FILE_MISSING, ACCESS_FILE_BROKEN */
export async function whoMayEnter(
  { world, path }: Context,
  config: Config,
  { owner, log }: { readonly owner: string; readonly log: Log },
): Promise<Entrance> {
  const all: Access[] = [];
  if (config.accessFile !== null) all.push(createPeopleAccess(path(config.accessFile), world.clock, log));
  if (config.supabaseAuth) all.push(await supabaseAccess(config, world.clock, log));
  if (all.length > 0) return { access: createJointAccess(all), token: null };
  const token = config.token?.reveal() ?? randomBytes(24).toString('base64url');
  if (token.length < shortest)
    throw invalid(
      'TOWPATH_TOKEN',
      'is too short',
      `Give at least ${shortest} random characters, or leave it out.`,
    );
  return { access: createOwnerAccess(token, { name: owner, role: 'approver' }), token };
}

async function supabaseAccess(config: Config, clock: Context['world']['clock'], log: Log): Promise<Access> {
  const { supabaseUrl, supabaseJwtSecret } = config;
  if (supabaseUrl === null)
    throw invalid(
      'SUPABASE_URL',
      'is missing',
      'TOWPATH_SUPABASE_AUTH=true needs the address of the project.',
    );
  const secret = supabaseJwtSecret?.reveal() ?? null;
  const { createSupabaseAccess } = await import('../../server/access/supabase-access.ts');
  return createSupabaseAccess({ url: supabaseUrl, secret }, clock, log);
}
