/** The conversation as it is laid out on the terminal: who speaks, words as they stream, what the guide is busy with. */

import { busyWords } from '../../desk/busy-words.ts';
import { plainWords } from '../../desk/plain-words.ts';
import type { TurnPart } from '../../desk/turn-parts.ts';
import type { World } from '../command.ts';
import { pageWidth } from '../text/broken-line.ts';
import { createFlowingText } from '../text/flowing-text.ts';

export const guideLead = 'guide  ';
export const prompts = { talk: 'you    ', decide: 'yes/no ', reason: 'why    ' } as const;

export interface ChatPage {
  readonly isTerminal: boolean;
  lines(...lines: readonly string[]): void;
  /** Shows a turn; returns what was said. */
  turn(parts: AsyncIterable<TurnPart>): Promise<string>;
}

/** As the guide would say them, laid out whole. */
export function spokenLines(words: string, width: number): string {
  let text = '';
  const flowing = createFlowingText({ width, lead: guideLead, write: (piece) => (text += piece) });
  flowing.add(plainWords(words));
  flowing.end();
  return text.trimEnd();
}

export function createChatPage(world: World): ChatPage {
  const isTerminal = world.stdin.isTTY === true && world.stdout.isTTY === true;
  const write = (text: string) => void world.stdout.write(text);
  return {
    isTerminal,
    lines: (...lines) => lines.forEach((line) => void write(`${line}\n`)),
    async turn(parts) {
      let said = '';
      let busy = false;
      let flowing = startParagraph();
      const clear = () => {
        if (busy) write('\r\u001b[J');
        busy = false;
      };
      for await (const part of parts) {
        if (part.kind === 'text') {
          if (part.agent !== 'orchestrator') continue; // what the agents say to each other
          clear();
          said += part.text;
          flowing.add(plainWords(part.text));
        } else if (part.kind === 'call') {
          const words = busyWords(part.tool);
          if (!isTerminal || words === null) continue;
          if (flowing.end()) flowing = startParagraph();
          clear();
          write(`       (${words} …)`);
          busy = true;
        } else if (part.kind === 'problem') {
          clear();
          flowing.end();
          flowing = startParagraph();
          flowing.add(`I could not answer: ${plainWords(part.message).slice(0, 300)}`);
          flowing.add('\n“/status” says where things stand; nothing was changed by this.');
          said += part.message;
        }
      }
      clear();
      flowing.end();
      if (said.trim() === '') {
        write(
          `${spokenLines('I have no answer to that. “/status” says where things stand.', pageWidth(world))}\n`,
        );
      }
      return said;
    },
  };

  function startParagraph() {
    return createFlowingText({ width: pageWidth(world), lead: guideLead, write });
  }
}
