/** The audit log, and undoing a part of a move. */
import type { PatternTable } from './pattern-table.ts';

const log = '(audit log|audit trail|audit|audit chain|audit log of towpath)';
const part =
  '(undo|rollback|roll back|reverse|revert|take back|take out|undo move of|roll back move of|undo moving|undo migration of)';

export const proofAndParts: PatternTable = [
  [
    'audit-intact',
    [
      `(is|was|check if|check whether|check that|make sure|tell me if|is it sure that) ${log} [is|still|really|was] [still|really] (intact|whole|ok|okay|complete|unchanged|untouched|in order|genuine|all right|fine|valid|sound|right|correct|broken|tampered with|altered|changed|manipulated|falsified)`,
      `(verify|check|prove|validate|test|look through) ${log}`,
      `(did|has|have|could|can) (anyone|anybody|somebody|someone) (change|changed|alter|altered|tamper with|tampered with|touch|touched|edit|edited|manipulate|manipulated|falsify|falsified|remove|removed|delete|deleted) [anything in|entries in|entries of|something in] ${log}`,
      `(can|may) (i|we|one) (trust|rely on|believe) ${log}`,
      `has ${log} been (changed|altered|tampered with|touched|manipulated|edited)`,
    ],
  ],
  [
    'list-audit',
    [
      `(show|list|read|open|see|print) [me] [whole|last entries of|newest entries of|entries of|entries in] ${log} [entries]`,
      `what (is|stands|does it say) in ${log}`,
      '(audit log|audit trail|show audit|show audit log)',
    ],
  ],
  [
    'preview-rollback-part',
    [
      'what (would|does|will) [an] (undo of|undoing|rollback of|rolling back|taking out|taking back) (only|just) <name> [would] (do|remove|take out|delete|mean|cost)',
      'what (would|does|will) [an] (undo of|rollback of) [only] <name> (do|remove|take out|delete|mean|cost)',
      'what (would|does|will) [an] (undo of|undoing|rollback of|rolling back) level (?<level>\\d+) [and later|and later ones|and later levels] (do|remove|take out|delete|mean|cost)',
      '(preview|show me preview of|show preview of) (undoing|undo of|rollback of) only <name>',
      'what if i (undo|roll back|take back|take out) only <name>',
    ],
  ],
  [
    'rollback-part',
    [
      `${part} level (?<level>\\d+) [and later|and later ones|and later levels|and everything after|and what follows]`,
      `${part} (only|just|only records of|only rows of|only all|nothing but|no more than) <name> [again|from new system|of it]`,
      `${part} <name> (only|and nothing else|and no others|and leave rest|but leave rest|but keep rest|and keep rest|but nothing else)`,
      '(take|bring) only <name> (out|back) [again|of new system]',
      'only (undo|rollback|roll back|take back|take out) <name>',
    ],
  ],
];
