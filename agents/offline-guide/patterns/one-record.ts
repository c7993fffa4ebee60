/** Asking what became of one record, and why. */
import type { PatternTable } from './pattern-table.ts';

export const oneRecord: PatternTable = [
  [
    'explain-row',
    [
      '(show|look up|see) [me] [one|single|some|certain|that|this|those|these|set aside|another] (record|row|records|rows)',
      'explain (one|single|some|certain) (record|row)',
      '(explain|describe|find|look up|show|see) [me] (row|record|number|id) <id> (of|in|from) <name>',
      '(explain|describe|find|look up|show|see) [me] <name> [row|record|number|no|id|with id|with number] <id>',
      'what (happened|happens|became|will happen) (to|of|with) [row|record|number|id] <id> (of|in|from) <name>',
      'what (happened|happens|became|will happen) (to|of|with) [row|record] <name> [row|record|number|no|id] <id>',
      'where (is|did) [row|record] <name> [row|record|number|no|id] <id> [go|now]',
      'where (is|did) (row|record|number) <id> (of|in|from) <name> [go|now]',
      'why (is|was) [row|record] <name> [row|record|number|no|id] <id> [not moved|set aside|missing|quarantined|left out|repaired|changed|like this|like that|this way|that way|so|as it is|what it is|wrong|different|here|there]',
      'why (does|did) [row|record] <name> [row|record|number|no|id] <id> (look|come out|end up|move|become) [like this|like that|this way|that way|so|different|as it is]',
      'why (is|was) (this|that|one|some|my|our) (record|row) [not] (missing|there|moved|set aside|left out|in new system|quarantined|changed)',
      'where (is|did) (this|that|one|my|our) (record|row) [go|now]',
      'what happened (to|with) (this|that|one|my|our) (record|row)',
      'who (approved|moved) [row|record] <name> [row|record|number|no|id] <id>',
      'how (was|did) [row|record] <name> [row|record|number|no|id] <id> (moved|changed|move|change)',
      '(row|record) <id> (of|in|from) <name>',
      '(is|was|did) [row|record] <name> [row|record|number|no|id] <id> [moved|arrive|arrived|there|in new system|set aside|move]',
    ],
  ],
];
