/**
 * A plan file that runs ahead of a run which is about to follow it: changed first, and put back where the run does not follow.
 * A process that dies in between leaves a file that says more than the run goes by, which the next try shows; the other way
 * round, the file would take back what rows in the target were moved by. A file that somebody edits meanwhile is left.
 */
export interface PlanAhead {
  read(): string | null;
  write(text: string): void;
  /** Of the file from now on; null: it stays as it is. */
  readonly text: string | null;
}

export interface Followed<T> {
  readonly result: T;
  readonly changed: boolean;
}

/** `follows`: whether the run goes by the text now; it gets null where the work threw, and may throw itself: then nobody knows. */
export async function withPlanAhead<T>(
  { read, write, text }: PlanAhead,
  work: () => Promise<T>,
  follows: (result: T | null) => boolean | Promise<boolean>,
): Promise<Followed<T>> {
  if (text === null) return { result: await work(), changed: false };
  const before = read();
  const putBack = () => {
    if (before !== null && read() === text) write(before);
  };
  write(text);
  try {
    const result = await work();
    const changed = await follows(result);
    if (!changed) putBack();
    return { result, changed };
  } catch (error) {
    if (!(await isFollowed(follows))) putBack();
    throw error;
  }
}

async function isFollowed(follows: (result: null) => boolean | Promise<boolean>): Promise<boolean> {
  try {
    return await follows(null);
  } catch {
    return true; // what was committed may be in; a file that says more is the lesser evil
  }
}
