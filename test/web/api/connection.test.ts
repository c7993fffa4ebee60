import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createConnection } from '../../../web/api/connection.ts';

describe('whether the server is reached', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2026-11-21T10:00:00Z') });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function away() {
    const door = { open: false, knocks: 0 };
    const connection = createConnection(async () => {
      door.knocks += 1;
      if (!door.open) throw new Error('nobody');
    });
    return { door, connection };
  }

  test('what is shown is from when the server was last heard of, not from when that was noticed', async () => {
    const { connection } = away();
    connection.heard();
    await vi.advanceTimersByTimeAsync(90_000);
    connection.missed();
    expect(connection.read()).toMatchObject({ state: 'lost', since: new Date('2026-11-21T10:00:00Z') });
  });

  test('knocks again and again, more and more rarely, at most every ten seconds', async () => {
    const { door, connection } = away();
    connection.missed();
    await vi.advanceTimersByTimeAsync(1000 + 2000 + 4000 + 8000);
    expect(door.knocks).toBe(4);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(door.knocks).toBe(7);
  });

  test('is back by itself, tells whoever listens, and knocks no more', async () => {
    const { door, connection } = away();
    const told: string[] = [];
    connection.subscribe(() => told.push(connection.read().state));
    connection.missed();
    door.open = true;
    await vi.advanceTimersByTimeAsync(1000);
    expect(connection.read()).toEqual({ state: 'reached' });
    expect(told.at(0)).toBe('lost');
    expect(told.at(-1)).toBe('reached');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(door.knocks).toBe(1);
  });

  test('a doubt that is unfounded changes nothing; one that is founded is a loss', async () => {
    const { door, connection } = away();
    door.open = true;
    connection.doubt();
    await vi.advanceTimersByTimeAsync(0);
    expect(connection.read().state).toBe('reached');
    door.open = false;
    connection.doubt();
    await vi.advanceTimersByTimeAsync(0);
    expect(connection.read().state).toBe('lost');
  });

  test('trying now does not wait, and begins the waiting anew from where it was', async () => {
    const { door, connection } = away();
    connection.missed();
    connection.tryNow();
    await vi.advanceTimersByTimeAsync(0);
    expect(door.knocks).toBe(1);
    door.open = true;
    connection.tryNow();
    await vi.advanceTimersByTimeAsync(0);
    expect(connection.read().state).toBe('reached');
    connection.missed();
    expect(connection.read()).toMatchObject({ nextTry: new Date('2026-11-21T10:00:01Z') });
  });
});
