/**
 * Looks into tables that can never hurt the source: each runs under a statement timeout on a session of its own, a few
 * side by side. A look that fails for its own reasons (timeout, no privilege, a value the server cannot print) becomes a
 * note on the table; a lost connection is an error like any other.
 */
import type { Database, Session } from '../db/database.ts';

export type Look<T> = { readonly value: T } | { readonly note: string };

export interface LookOptions {
  readonly sessions: number;
  readonly timeoutMs: number;
}

/** Runs `look` over all items; results come back in the order of the items. */
export async function lookAtAll<I, T>(
  source: Database,
  items: readonly I[],
  options: LookOptions,
  look: (session: Session, item: I) => Promise<T>,
): Promise<Look<T>[]> {
  const results = new Array<Look<T>>(items.length);
  let next = 0;
  const work = async () => {
    const session = await source.session({ readOnly: true, purpose: 'analyse' });
    let failure: unknown;
    try {
      await session.query(`set statement_timeout = ${Math.trunc(options.timeoutMs)}`);
      while (next < items.length) {
        const at = next++;
        results[at] = await attempt(() => look(session, items[at]!));
      }
      await session.query('set statement_timeout = 0');
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      await session.release(failure instanceof Error ? failure : undefined);
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.sessions, items.length) }, work));
  return results;
}

async function attempt<T>(work: () => Promise<T>): Promise<Look<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    const note = ownFault(error);
    if (note === null) throw error;
    return { note };
  }
}

/** Words for an error that concerns only this one look, or null. By SQLSTATE, which a wrapping error keeps as its cause. */
function ownFault(error: unknown): string | null {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const code = (at as { code?: unknown }).code;
    if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) continue;
    if (code === '57014') return 'it took longer than allowed';
    if (code === '42501')
      return 'the reader may not see all of its rows (a missing privilege, or row-level security)';
    if (/^(08|57|53)/.test(code)) return null;
    return `the server refused (${code})`;
  }
  return null;
}
