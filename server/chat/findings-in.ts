/** What a tool found that a person may want to know or decide about, each in one form. Values are masked by the engine. */
import { z } from 'zod';
import { cardFacts, causeFacts, checkFacts, findingFacts } from '../../engine/contract/facts.ts';
import type { ChatFinding } from '../shapes/chat.ts';

/** Null: this tool finds nothing of the kind. */
export function findingsIn(tool: string, data: unknown): ChatFinding[] | null {
  switch (tool) {
    case 'runPreflight':
      return read(checkFacts, data)
        .filter(({ status }) => status === 'warn' || status === 'fail')
        .map(ofCheck);
    case 'listCauseCards':
      return read(cardFacts, data).map(ofCauseCard);
    case 'listCauses':
      return read(causeFacts, data)
        .filter(({ outcome }) => outcome === 'quarantined')
        .map(ofCause);
    case 'listFindings':
      return read(findingFacts, data).map(ofDifference);
    default:
      return null;
  }
}

function read<Shape extends z.ZodType>(shape: Shape, data: unknown): z.infer<Shape>[] {
  return z.array(shape).safeParse(data).data ?? [];
}

const nothing = {
  card: null,
  entity: null,
  column: null,
  text: null,
  rows: null,
  samples: [],
  suggestion: null,
};

function ofCheck({ message, remedy, status }: z.infer<typeof checkFacts>): ChatFinding {
  return { ...nothing, kind: 'check', title: message, text: remedy, severe: status === 'fail' };
}

function ofCauseCard(card: z.infer<typeof cardFacts>): ChatFinding {
  const { id, entity, column, rows, explanation, samples, suggestion, loses, advice } = card;
  return {
    kind: 'set-aside',
    card: id,
    entity,
    column,
    title: explanation,
    text: loses ?? advice,
    rows,
    samples: samples.slice(0, 2),
    suggestion,
    severe: false,
  };
}

function ofCause({ entity, column, rows, explanation }: z.infer<typeof causeFacts>): ChatFinding {
  return { ...nothing, kind: 'set-aside', entity, column, title: explanation, rows, severe: false };
}

function ofDifference({ entity, column, message, severity }: z.infer<typeof findingFacts>): ChatFinding {
  const severe = severity === 'critical' || severity === 'major';
  return { ...nothing, kind: 'difference', entity, column, title: message, severe };
}
