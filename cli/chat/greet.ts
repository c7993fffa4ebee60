/** What is said before the first word: who speaks, about which databases, and what was said last time. */

import type { Conversation } from '../../desk/conversation.ts';
import type { GuideAtHand } from '../../desk/guide-at-hand.ts';
import { formatCount } from '../../engine/report/words.ts';
import type { Context } from '../command.ts';
import { brokenLine, pageWidth } from '../text/broken-line.ts';
import { plainText } from '../text/table.ts';
import { prompts, spokenLines } from './page.ts';

export interface SampleFacts {
  readonly rows: number;
}

export async function greet(
  { output, world }: Context,
  { voice, journey }: Pick<GuideAtHand, 'voice' | 'journey'>,
  conversation: Conversation,
  sample: SampleFacts | null,
): Promise<void> {
  const { source, target } = await journey.state();
  const ofSample =
    sample === null ? '' : `, sample data: ${formatCount(sample.rows)} records of an imaginary lab`;
  const lines = [
    `Guide       ${plainText(voice.name)}${voice.offline ? '; nothing leaves this machine' : '; what you type, names, statistics and masked samples are sent to it'}`,
    `Old system  ${source === null ? 'not connected' : `${plainText(source)}, only read${ofSample}`}`,
    `New system  ${target === null ? 'not connected' : plainText(target)}`,
    `Approvals are asked by Towpath itself. “/help” lists what can be typed; Ctrl-C ends this${sample === null ? ', nothing else' : ', and pauses a move, because the sample’s databases stop with it'}.`,
    '',
  ];
  output.say(...lines.map((line) => brokenLine(line, pageWidth(world))));
  const last = await conversation.last();
  if (last === null) {
    output.say('Say “hello” to begin.', '');
    return;
  }
  output.say(
    'Last time:',
    `${prompts.talk}${plainText(last.person, 400)}`,
    spokenLines(last.guide, pageWidth(world)),
    '',
  );
}
