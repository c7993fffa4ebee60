/**
 * Files with code beside a plan. A plan may be written by an agent, so nothing outside the plan's own folder is read on its
 * word: no absolute path, no way up, no link that leads out.
 */
import { realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { ReadCode } from '../plan/read-code.ts';
import { readTextFile } from './files.ts';

const MOST_BYTES = 1 << 20;

/** `folder`: where the plan file is. */
export function codeBeside(folder: string): ReadCode {
  return (file) => {
    const missing = {
      ok: false,
      message: `There is no code file ${file} beside the plan.`,
      hint: 'Write the file, or put the code into the plan as source.',
    } as const;
    try {
      const base = realpathSync(folder);
      const path = realpathSync(join(base, file));
      if (!path.startsWith(base.endsWith(sep) ? base : base + sep))
        return {
          ok: false,
          message: `${file} leads out of the plan's folder.`,
          hint: 'Keep code beside the plan.',
        };
      const { size } = statSync(path);
      if (size > MOST_BYTES)
        return { ok: false, message: `${file} is too long.`, hint: 'Keep it to what one row needs.' };
      const source = readTextFile(path);
      return source === null ? missing : { ok: true, source };
    } catch {
      return missing;
    }
  };
}
