/**
 * A file that is read once for each form it takes. Whether it is another one is told by place, size and time of the last
 * change, so that looking costs nothing while it stays as it is. What was read is shared: nobody may change it.
 */
import { statSync } from 'node:fs';

/** `read` is called when the file has changed since; what it throws is thrown, and tried again the next time. */
export function rememberFile<Value>(path: string, read: (path: string) => Value): () => Value {
  let known: { readonly stamp: string; readonly value: Value } | null = null;
  return () => {
    const stamp = stampOf(path);
    if (stamp !== null && known?.stamp === stamp) return known.value;
    known = null;
    const value = read(path);
    // the stamp is older than the reading: a change in between is seen the next time
    if (stamp !== null) known = { stamp, value };
    return value;
  };
}

/** Null: it cannot be told; reading it says why. */
function stampOf(path: string): string | null {
  try {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    return found === undefined ? 'none' : `${found.ino} ${found.size} ${found.mtimeNs}`;
  } catch {
    return null;
  }
}
