/** The sample’s databases stop with the page, so what moves in them is paused first; anything else goes on by itself. */
import { comeToRest } from '../../desk/come-to-rest.ts';
import type { Desk, Migrations } from '../../server/migrations/migrations.ts';
import { migrationIds } from '../../server/shapes/migrations.ts';
import type { Context } from '../command.ts';

export async function restBeforeEnd(
  { world, output }: Pick<Context, 'world' | 'output'>,
  migrations: Pick<Migrations, 'at'>,
): Promise<void> {
  for (const id of migrationIds) {
    const desk = opened(() => migrations.at(id));
    if (desk === null || !desk.endsWithUs) continue;
    try {
      await comeToRest(desk, { clock: world.clock, onWait: () => output.say(waits) });
    } catch {
      // its databases are gone already, so nothing moves in them
    }
  }
}

const waits =
  'The sample’s databases stop with the page, so what is at work comes to a rest first. The next start goes on from there.';

function opened(at: () => Desk): Desk | null {
  try {
    return at();
  } catch {
    return null;
  }
}
