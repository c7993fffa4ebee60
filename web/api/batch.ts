/** Gathers what comes in a short while and hands it on at once, each thing once. */
export interface Batch<Item> {
  add(item: Item): void;
  /** What was gathered is dropped. */
  stop(): void;
}

/** The first comes through quickly; those that follow within `milliseconds` wait for the end of them. */
export function createBatch<Item>(handOn: (items: readonly Item[]) => void, milliseconds = 700): Batch<Item> {
  const gathered = new Map<string, Item>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let lastAt = Number.NEGATIVE_INFINITY;

  function flush(): void {
    timer = null;
    lastAt = performance.now();
    const items = [...gathered.values()];
    gathered.clear();
    handOn(items);
  }

  return {
    add(item) {
      gathered.set(JSON.stringify(item), item);
      timer ??= setTimeout(flush, Math.max(50, lastAt + milliseconds - performance.now()));
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      gathered.clear();
    },
  };
}
