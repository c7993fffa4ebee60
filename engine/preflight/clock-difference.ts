import { type Check, type PreflightContext, pass, type Side, warn } from './check.ts';

/** More than this and “newest wins”, expiry of approvals and the report’s times mislead. */
const TOLERATED_MILLISECONDS = 2000;

export const clockDifference: Check = {
  name: 'clock',
  needs: ['source', 'target'],
  async look(context) {
    const [source, target] = await Promise.all([ahead(context, 'source'), ahead(context, 'target')]);
    const difference = Math.abs(source - target);
    if (difference <= TOLERATED_MILLISECONDS) return pass('The clocks of both servers agree.');
    const seconds = (difference / 1000).toFixed(1);
    return warn(
      `The ${source > target ? 'source' : 'target'} server’s clock is ${seconds} s ahead of the other’s.`,
      'Let both servers set their clocks by NTP. Row values are not affected; times in reports and later conflict decisions are.',
    );
  },
};

/** Milliseconds that the server’s clock is ahead of this process’s, taking the answer as given halfway. */
async function ahead(context: PreflightContext, side: Side): Promise<number> {
  const asked = performance.now();
  const [row] = await context
    .database(side)
    .query<{ at: number }>('select (extract(epoch from clock_timestamp()) * 1000)::float8 as at');
  return row!.at - (asked + performance.now()) / 2;
}
