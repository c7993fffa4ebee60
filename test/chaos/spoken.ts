/** What a command that fails must say: one sentence on what happened, one next step, what is in the target now; never a stack. */
import type { Ended } from '../scenarios/towpath-process.ts';

const USAGE = 2;

/** Ways in which messages name the state of the target. */
const NAMES_THE_STATE =
  /in the target|in the new database|nothing (of it )?(was|is|has been|had|is half)|was committed|committed is|is kept|was kept|kept\b|stays?\b|untouched|as it was|is complete|No run had begun|were moved|was moved|moved so far|half done/i;

export function checkWords(ended: Ended, command: string): string[] {
  if (ended.code === 0 || ended.signal !== null) return [];
  // differences are findings and no errors: they are the answer that was asked for
  if (ended.code === 3 && command.startsWith('validate ')) return [];
  const { stderr, stdout, code } = ended;
  const all = stderr + stdout;
  const wrong: string[] = [];
  const sentence = /^Error: ([^\n]+)\nNext: ([^\n]+)$/m.exec(stderr);
  if (sentence === null) wrong.push('no “Error: …, Next: …”');
  // what was asked for makes no sense: no fault, and nothing was begun
  else if (code === USAGE) return [];
  else if (!NAMES_THE_STATE.test(`${sentence[1]} ${sentence[2]}`))
    wrong.push(`does not say what is in the target: ${sentence[0]}`);
  else if (!/towpath \w+|resume|approve/.test(sentence[2]!)) wrong.push(`names no command: ${sentence[2]}`);
  if (/\n\s+at .*:\d+:\d+/.test(all) || /node:internal/.test(all)) wrong.push('a stack was printed');
  if (!isDocument(stdout)) wrong.push(`--json printed no document: ${stdout.slice(0, 200)}`);
  return wrong.map((what) => `“${command}” ended with ${code}: ${what}`);
}

function isDocument(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
