/** What an agent is told, from the plain file next to its code: the first line is its version, so that a change is seen. */
import { readFileSync } from 'node:fs';
import type { AgentId } from '../tools/permissions.ts';

export interface Instructions {
  readonly version: number;
  readonly text: string;
}

export function readInstructions(agent: AgentId): Instructions {
  const file = readFileSync(new URL(`./${agent}.md`, import.meta.url), 'utf8');
  const [, version, text] = /^Version (\d+)\n+([\s\S]+)$/.exec(file.replaceAll('\r\n', '\n')) ?? [];
  if (version === undefined || text === undefined) {
    throw new Error(`agents/${agent}.md must begin with a line such as “Version 1”.`);
  }
  return { version: Number(version), text: text.trim() };
}
