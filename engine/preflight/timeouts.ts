import { type Check, listed, pass, type Side, warn } from './check.ts';

const names = [
  'statement_timeout',
  'transaction_timeout',
  'idle_in_transaction_session_timeout',
  'idle_session_timeout',
];

interface Limit {
  readonly name: string;
  /** In the session, after Towpath has set what it needs. Milliseconds. */
  readonly setting: string;
  /** What the server, database or role would give it. */
  readonly standard: string;
}

/** Servers may end long statements (Supabase: after two minutes). Towpath’s sessions switch that off; did it work? */
export function timeouts(side: Side): Check {
  return {
    name: `${side}-timeouts`,
    needs: [side],
    async look(context) {
      const limits = await context
        .database(side)
        .query<Limit>(
          'select name, setting, reset_val as standard from pg_settings where name = any($1) order by name',
          [names],
        );
      const held = limits.filter(({ setting }) => setting !== '0');
      if (held.length > 0) {
        return warn(
          `The ${side} keeps limits that Towpath could not switch off: ${listed(held.map(inWords))}.`,
          'Connect directly, or ask for these limits to be lifted for this user (alter role … set statement_timeout = 0).',
        );
      }
      const lifted = limits.filter(({ standard }) => standard !== '0');
      if (lifted.length === 0) return pass('No time limits are set.');
      const limitsInWords = listed(lifted.map(({ name, standard }) => inWords({ name, setting: standard })));
      return pass(`The server’s own limits (${limitsInWords}) are off for Towpath’s sessions.`);
    },
  };
}

function inWords({ name, setting }: Pick<Limit, 'name' | 'setting'>): string {
  return `${name} ${Number(setting) / 1000} s`;
}
