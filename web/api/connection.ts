/**
 * Whether the server is reached. Whatever asks it reports here; whoever shows figures or writes looks here.
 *
 * reached   the last request was answered
 * lost      it was not: nothing is asked but this knock on the door, which is repeated, at first soon, then every
 *           ten seconds, until it is answered. Then everything the page shows is asked anew.
 */
export type Reached =
  | { readonly state: 'reached' }
  /** `since`: when the server was last heard of; what is shown is from then. `nextTry` null: trying right now. */
  | { readonly state: 'lost'; readonly since: Date; readonly nextTry: Date | null };

export interface Connection {
  read(): Reached;
  subscribe(listener: () => void): () => void;
  /** The server answered something. */
  heard(): void;
  /** A request was not answered. */
  missed(): void;
  /** Perhaps it is gone: knocks once to find out. */
  doubt(): void;
  /** Does not wait for the next knock. */
  tryNow(): void;
}

const firstWait = 1000;
const longestWait = 10_000;

/** `knock` rejects where the server is not reached. */
export function createConnection(knock: () => Promise<unknown>, now = () => new Date()): Connection {
  const listeners = new Set<() => void>();
  let lastHeard = now();
  let reached: Reached = { state: 'reached' };
  let wait = firstWait;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let knocking = false;

  function become(next: Reached): void {
    reached = next;
    for (const listener of listeners) listener();
  }

  function heard(): void {
    lastHeard = now();
    if (reached.state === 'reached') return;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    wait = firstWait;
    become({ state: 'reached' });
  }

  function waitAndKnock(): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void tryDoor(), wait);
    become({ state: 'lost', since: lastHeard, nextTry: new Date(now().getTime() + wait) });
    wait = Math.min(wait * 2, longestWait);
  }

  async function tryDoor(): Promise<void> {
    if (knocking) return;
    knocking = true;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (reached.state === 'lost') become({ ...reached, nextTry: null });
    try {
      await knock();
      heard();
    } catch {
      waitAndKnock();
    } finally {
      knocking = false;
    }
  }

  return {
    read: () => reached,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    heard,
    missed() {
      if (reached.state === 'reached') waitAndKnock();
    },
    doubt() {
      if (reached.state === 'reached') void tryDoor();
    },
    tryNow: () => void tryDoor(),
  };
}
