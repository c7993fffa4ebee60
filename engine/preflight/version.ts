import { type Check, pass, type Side, warn } from './check.ts';

/** Newest major version this release was tested with. Servers below 11 are refused when connecting. */
const NEWEST_TESTED = 18;

export function version(side: Side): Check {
  return {
    name: `${side}-version`,
    needs: [side],
    async look(context) {
      const [row] = await context
        .database(side)
        .query<{ number: number; text: string }>(
          `select current_setting('server_version_num')::int as number, current_setting('server_version') as text`,
        );
      const major = Math.floor(row!.number / 10_000);
      if (major <= NEWEST_TESTED) return pass(`PostgreSQL ${row!.text}.`);
      return warn(
        `The ${side} runs PostgreSQL ${row!.text}, newer than any version this release was tested with (11 to ${NEWEST_TESTED}).`,
        'Look for a newer release of Towpath, or rehearse with care.',
      );
    },
  };
}
