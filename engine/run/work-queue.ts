/** A few workers that share a queue, each with a resource of its own (a session), opened when first needed. */
export interface WorkQueue<R> {
  add<T>(work: (resource: R) => Promise<T>): Promise<T>;
  /** Closes the resources; work that was added before has ended. */
  end(): Promise<void>;
}

export interface Resources<R> {
  open(): Promise<R>;
  close(resource: R): Promise<void>;
}

export function createWorkQueue<R>(workers: number, resources: Resources<R>): WorkQueue<R> {
  const idle: R[] = [];
  const waiting: ((resource: R | null) => void)[] = [];
  let opened = 0;

  async function take(): Promise<R> {
    const free = idle.pop();
    if (free !== undefined) return free;
    if (opened < workers) {
      opened++;
      try {
        return await resources.open();
      } catch (error) {
        lost();
        throw error;
      }
    }
    return (await new Promise<R | null>((resolve) => waiting.push(resolve))) ?? (await take());
  }

  function give(resource: R): void {
    const next = waiting.shift();
    if (next) next(resource);
    else idle.push(resource);
  }

  /** A resource is gone: whoever waits may open a new one. */
  function lost(): void {
    opened--;
    waiting.shift()?.(null);
  }

  return {
    async add(work) {
      const resource = await take();
      try {
        const result = await work(resource);
        give(resource);
        return result;
      } catch (error) {
        await resources.close(resource).catch(() => undefined);
        lost();
        throw error;
      }
    },
    async end() {
      await Promise.all(idle.splice(0).map((resource) => resources.close(resource)));
    },
  };
}
