/** Reading the mapping, and a source that may change. The plan's questions may be open or not. */
import { type EvalCase, effects } from '../eval-case.ts';

const stage = 'planned';
const mayUse = ['table', 'field', 'plan', 'column', 'mapping', 'type', 'transform'];

export const mapAndDrift: readonly EvalCase[] = [
  {
    id: 'map-of-a-kind',
    about: 'tells how the fields of one kind of record move',
    stage,
    agent: 'data-mapping',
    say: 'show the mapping of offices',
    calls: [['readMapping']],
    says: [/\bfields?\b|\bcolumns?\b/i],
    neverCalls: effects,
    mayUse: [...mayUse, 'entity', 'level'],
  },
  {
    id: 'drift-none',
    about: 'looks whether the old database has changed, and says that it has not',
    stage,
    say: 'has the old database changed?',
    calls: [['compareWithSource']],
    says: [/\b(nothing|not|no)\b.*\bchange/i],
    neverCalls: effects,
    mayUse,
  },
  {
    id: 'drift-what-then',
    about: 'says that only what a change concerns is held back',
    stage,
    say: 'what happens if the old database changes while we move?',
    says: [/\b(hold|held|wait|pause)/i],
    neverSays: [/\beverything (stops|is lost)\b/i],
    neverCalls: effects,
    mayUse,
  },
];
