import { isLocalHost } from '../core/config.ts';
import { type Check, fail, listed, type PreflightInput, pass, warn } from './check.ts';

/** Are the variables there that say where the databases are, and do they say what was meant? */
export const environment: Check = {
  name: 'environment',
  needs: [],
  async look(input) {
    const missing = (['source', 'target'] as const).filter((side) => input[side] === null);
    if (missing.length > 0) {
      const names = missing.map((side) => `${side.toUpperCase()}_DATABASE_URL`);
      const parts = missing.map((side) => `${side.toUpperCase()}_DB_HOST, _USER, _PASSWORD and _NAME`);
      return fail(
        `No variable says where the ${missing.join(' and the ')} database is.`,
        `Set ${listed(names)} (or ${parts.join('; ')}) in .env; .env.example shows how. Or try towpath demo, which needs none.`,
      );
    }
    const surprise = surpriseOf(input);
    if (surprise !== null) return surprise;
    const warnings = input.environment?.warnings ?? [];
    if (warnings.length > 0)
      return warn(warnings.join(' '), 'Keep one of the two ways and remove the other.');
    return pass('Source and target are configured.');
  },
};

function surpriseOf({ target, environment: settings }: PreflightInput) {
  const wanted = settings?.targetEnvironment ?? null;
  if (wanted === null || !target) return null;
  const actual = isLocalHost(target.config.host) ? 'local' : 'remote';
  if (actual === wanted) return null;
  return fail(
    `TARGET_ENV says ${wanted}, but the target is at ${target.config.host}, which is ${actual}.`,
    'Correct TARGET_ENV or the address of the target, so that nothing is written to the wrong place.',
  );
}
