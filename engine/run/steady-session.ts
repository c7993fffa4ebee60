/**
 * A session that outlives its connection: who works on it makes it ready, and gives it up after an error, because its
 * connection may be gone and its transaction is. The next one to make it ready gets a new one. Between the two it is an
 * ordinary session, so that whoever is handed it need not know.
 */
import type { Session } from '../db/database.ts';
import { classify } from '../db/sqlstate.ts';

export interface SteadySession extends Session {
  /** Opens the session where there is none; gives the number that `giveUp` asks for. */
  ready(): Promise<number>;
  /** Gives the session up, unless somebody has a newer one by now. */
  giveUp(number: number): Promise<void>;
}

/** `inTurn`: several work on it, and a connection runs one statement at a time. Open when it is returned. */
export async function openSteadySession(
  open: () => Promise<Session>,
  { inTurn = false }: { readonly inTurn?: boolean } = {},
): Promise<SteadySession> {
  let current: Session | null = await open();
  let opening: Promise<Session> | null = null;
  let number = 1;
  let turn: Promise<unknown> = Promise.resolve();

  function session(): Session {
    if (current === null) throw lostByAnother();
    return current;
  }

  async function ready(): Promise<number> {
    if (current !== null) return number;
    opening ??= open();
    try {
      const opened = await opening;
      if (current === null) {
        current = opened;
        number++;
      }
      return number;
    } finally {
      opening = null;
    }
  }

  const query: Session['query'] = (text, values) => {
    if (!inTurn) return session().query(text, values);
    const answer = turn.then(() => session().query(text, values));
    turn = answer.catch(() => undefined);
    return answer as ReturnType<Session['query']> as never;
  };

  return {
    get client() {
      return session().client;
    },
    get lost() {
      return current === null || current.lost;
    },
    query,
    explain: (error) => (current === null ? explainGivenUp(error) : current.explain(error)),
    ready,
    async giveUp(given) {
      if (given !== number || current === null) return;
      const gone = current;
      current = null;
      await gone.release(new Error('given up')).catch(() => undefined);
    },
    async release(error) {
      await current?.release(error);
    },
  };
}

/** What its own connection would have said is gone with it: an error that says nothing itself is of that connection. */
function explainGivenUp(error: unknown): unknown {
  return classify(error).kind === 'unknown' ? lostByAnother() : error;
}

/** One of those who share it gave it up; the others try again like that one, on a new connection. */
function lostByAnother(): Error {
  const CONNECTION_DOES_NOT_EXIST = '08003';
  return Object.assign(new Error('the session was given up'), { code: CONNECTION_DOES_NOT_EXIST });
}
