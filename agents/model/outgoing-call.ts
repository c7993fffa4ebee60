/** What a model is called with, as it may leave this machine; made once, however often it is tried. */
import { keepAnsweredCalls } from './answered-calls.ts';
import { carriedFields } from './carried-fields.ts';
import type { Conversations } from './conversations.ts';
import type { CallOptions } from './language-model.ts';
import { prepareOutgoing } from './outgoing-prompt.ts';
import { prepareTools } from './strict-tools.ts';

export interface OutgoingCall {
  readonly options: CallOptions;
  readonly conversation: string | null;
  readonly fields: readonly string[];
  /** Values that were taken out. */
  readonly masked: number;
}

/** Mastra hands the conversation over as headers, meant for its own service; they go no further than here. */
const THREAD = 'x-thread-id';
const RESOURCE = 'x-resource-id';

export function prepareCall(given: CallOptions, conversations: Conversations): OutgoingCall {
  const { [THREAD]: thread, [RESOURCE]: _, ...headers } = given.headers ?? {};
  const { value: prompt, count: masked } = prepareOutgoing(keepAnsweredCalls(given.prompt));
  const options: CallOptions = {
    ...given,
    prompt,
    headers,
    ...(given.tools === undefined ? {} : { tools: prepareTools(given.tools) }),
  };
  return { options, conversation: conversations.of(thread), fields: carriedFields(options), masked };
}
