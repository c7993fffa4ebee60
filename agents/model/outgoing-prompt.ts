/**
 * A conversation made ready to leave: everything but our own instructions and the person's own words is masked, and the
 * marks that only this process needs are taken off. What an assistant said is masked too, since it repeats tool results.
 */
import { narrowDelegationInput } from './delegation.ts';
import type { Prompt, ToolResult } from './language-model.ts';
import { type Masked, maskText, maskValue } from './personal-values.ts';

type Message = Prompt[number];
type Content<Role extends Message['role']> = Exclude<Extract<Message, { role: Role }>['content'], string>;

export function prepareOutgoing(prompt: Prompt): Masked<Prompt> {
  let count = 0;
  const note = <T>(masked: Masked<T>): T => {
    count += masked.count;
    return masked.value;
  };
  const value = prompt.map((message): Message => {
    if (message.role === 'assistant') return { ...message, content: maskAssistant(message.content, note) };
    if (message.role === 'tool') return { ...message, content: maskTool(message.content, note) };
    return message;
  });
  return { value, count };
}

type Note = <T>(masked: Masked<T>) => T;

function maskAssistant(content: Content<'assistant'>, note: Note): Content<'assistant'> {
  return content.map((part) => {
    switch (part.type) {
      case 'text':
      case 'reasoning':
        return { ...part, text: note(maskText(part.text)) };
      case 'tool-call':
        return { ...part, input: note(maskValue(narrowDelegationInput(part.toolName, part.input))) };
      case 'tool-result':
        return { ...part, output: maskOutput(part.output, note) };
      default:
        return part;
    }
  });
}

function maskTool(content: Content<'tool'>, note: Note): Content<'tool'> {
  return content.map((part) =>
    part.type === 'tool-result' ? { ...part, output: maskOutput(part.output, note) } : part,
  );
}

type Output = ToolResult['output'];

function maskOutput(output: Output, note: Note): Output {
  switch (output.type) {
    case 'text':
    case 'error-text':
      return { ...output, value: note(maskText(output.value)) };
    case 'execution-denied':
      return output;
    default: // json and content: the same form with other texts in it
      return { ...output, value: note(maskValue(output.value)) } as Output;
  }
}
