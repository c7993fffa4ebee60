/** Changes of the plan. `<place>` is a field, with or without its kind of record; `<name>` a kind of record. */
import type { PatternTable } from './pattern-table.ts';

const policy =
  '(?<policy>quarantine|quarantined|set aside|aside|null|nothing|empty|blank|emptied|placeholder|default)';

export const changes: PatternTable = [
  [
    'undo-change',
    [
      '(undo|revert|reverse|take back) [that|this|last|my|latest|previous] (change|edit|rename|filter|rule)',
      '(undo|revert|reverse) (what you changed|what i changed|what we changed)',
      '(take|change|put|set|turn|switch) (that|it|this|last change|change) back',
      '(revert|take back) (it|that|this|last one)',
      'how do i (undo|revert|take back|change back) (that|this|last|it) [change]',
      'i did not (mean|want) that [change]',
    ],
  ],
  [
    'exclude-table',
    [
      '(remove|take|drop) [table|entity] <name> [table|entity] (from|out of) (plan|migration|move)',
      '(do not|we do not) (take|bring) <name> with us',
    ],
  ],
  [
    'remove-filter',
    [
      '(remove|delete|drop|clear|cancel|lift|take away|undo) [condition|this] (filter|condition) (on|of|from|for|in) <name>',
      '(remove|delete|drop|clear|lift|take away) <name> filter',
      'no filter (on|for|in) <name>',
      'take filter (off|away from) <name>',
      '(move|take|include|migrate) all <name> again',
      '(move|take|include|migrate|bring) all [records|rows] of <name>',
    ],
  ],
  [
    'add-filter',
    [
      '(move|take|migrate|copy|bring|include|keep) only <name> (where|with|whose|if|that have|which have) <where>',
      'only [move|take|migrate|copy|bring|include|keep] <name> (where|with|whose|if|that have|which have) <where>',
      'filter <name> (by|where|to|with|on) <where>',
      '(add|set|put|use) [new] filter (to|on|for|of|in) <name> [where|with|so that] <where>',
      '(leave out|skip|exclude|do not move|do not migrate|do not take|ignore) <name> (where|with|whose|if|that have|which have) <unless>',
      '(move|take|migrate|only move|only) <name> (after|since|newer than|from) <since>',
    ],
  ],
  [
    'add-filter',
    [
      '(add|set|use|i need) [new] filter',
      'filter (rows|records|it|them|some)',
      'filter <name>',
      'only move some of <name>',
    ],
  ],
  [
    'rename-column',
    [
      'rename [column|field] <place> (to|into|as) <to>',
      '(change|set) name of [column|field] <place> (to|into) <to>',
      '(change|set) [column|field] <place> name to <to>',
      '[column|field] <place> should be (called|named) <to>',
      'give [column|field] <place> [new] name <to>',
      'call [column|field] <place> <to> instead',
      '(name|call) [column|field] <place> (as|differently) <to>',
    ],
  ],
  [
    'rename-column',
    [
      'rename [column|field] <place>',
      'rename (column|field|it|this|that)',
      'change name of [column|field] <place>',
    ],
  ],
  [
    'accept-suggestion',
    [
      'accept [suggestion|choice] (for|of|on|about) <place>',
      '(suggestion|choice) (for|of|on|about) <place> is (right|fine|ok|okay|good|correct)',
      'accept',
      'accept [suggested] (suggestion|suggestions|mapping|them|these|choice|choices)',
      'accept <place>',
    ],
  ],
  [
    'reject-suggestion',
    [
      '(reject|decline|refuse|turn down) [suggestion|choice] (for|of|on|about) <place>',
      '(suggestion|choice) (for|of|on|about) <place> is (wrong|bad|not right|incorrect)',
      'reject',
      '(reject|decline|refuse) [suggested] (suggestion|suggestions|mapping|them|these|choice)',
      '(reject|decline|refuse) <place>',
    ],
  ],
  [
    'set-trim',
    [
      '(trim|strip) [spaces|blanks|whitespace] [of|in|from|around|off] <place>',
      '(remove|cut|cut off|delete|take away) [extra|leading|trailing|surrounding|leading and trailing] (spaces|blanks|whitespace) (from|in|around|of|at) <place>',
      '<place> should be trimmed',
    ],
  ],
  [
    'leave-out-column',
    [
      '(leave out|skip|remove|drop) (column|field)',
      '(leave|take) (column|field) (out|behind|away)',
      '(leave out|skip|exclude|drop|remove|delete|omit|ignore|leave behind) (column|field) <place>',
      '(leave|take) (column|field) <place> (out|behind|away)',
      '(leave out|skip|exclude|drop|remove|delete|omit|ignore|leave behind) <place> (column|field)',
      '(leave|take) <place> (column|field) (out|behind|away)',
      '(leave out|skip|exclude|drop|remove|delete|omit) <dotted>',
      '(leave|take) <dotted> (out|behind|away)',
      '(leave out|skip|exclude|drop|remove|delete|omit) <column> (of|in|from|on) <table>',
      '(leave|take) <column> (of|in|from|on) <table> (out|behind|away)',
      '(do not|do not want to|no need to) (move|migrate|copy|take|bring|keep) (column|field) <place>',
      '(do not|do not want to|no need to) (move|migrate|copy|take|bring|keep) <place> (column|field)',
      'we do not need (column|field) <place> [anymore]',
      'we do not need <place> (column|field) [anymore]',
    ],
  ],
  [
    'set-misfit',
    [
      `(if|when|where) <place> does not fit [then] [use|set|make|leave|put|keep] [it|them|row|rows|value] [to|in] ${policy} [it|them|value]`,
      `(set|change|make|put) [misfit|error|bad value] policy (of|for|on|in) <place> to ${policy}`,
      `(policy|misfit policy) (of|for|on) <place> [should be|to|is] ${policy}`,
      `(if|when|where) <place> is (bad|wrong|invalid|impossible|broken|unusable|not valid) [then] [use|set|make|leave|put|keep] [it|them|row|value] [to|in] ${policy} [it|them|value]`,
      `(bad|wrong|invalid|impossible|broken|unfitting) [values|ones] [of|in] <place> (should be|become|are|to|go to) [set] ${policy}`,
      `(set|put|make|use|replace|turn) (bad|wrong|invalid|impossible|broken|unfitting) [values|ones] [of|in] <place> [to|into|with|by|as|in] ${policy}`,
      '(?<policy>quarantine|set aside|empty|blank) [rows with|records with] (bad|wrong|invalid|impossible|broken|unfitting) [values] [of|in] <place>',
      `use ${policy} for (bad|wrong|invalid|impossible|broken|unfitting) [values] [of|in] <place>`,
    ],
  ],
  [
    'set-missing',
    [
      `(if|when|where) <place> (points to nothing|points nowhere|points to nobody|is missing its record|refers to nothing|is orphaned|has no parent|points to missing record) [then] [use|set|make|leave|put|keep] [it|row] [to|in] ${policy} [it|row]`,
      `(set|change) (missing|orphan|missing reference) policy (of|for|on) <place> to ${policy}`,
      `(orphans|missing references|broken links|broken references) (of|in|for) <place> (should be|become|are|to) [set] ${policy}`,
      '(?<policy>quarantine|set aside|empty|blank) (orphans|missing references|broken links|broken references) (of|in|for) <place>',
    ],
  ],
  [
    'set-choice',
    [
      '(treat|map|turn|translate|read|take|make) [code|status|value|number] (?<code>\\S+) (as|to|into) [word] <word> (in|of|for) <place>',
      '(in|for) <place> [code|status|value|number] (?<code>\\S+) (means|is|stands for|should be|becomes) <word>',
      '[code|status|value|number] (?<code>\\S+) (in|of|for) <place> (means|is|stands for|should be|becomes) <word>',
    ],
  ],
  [
    'set-default',
    [
      'use <value> (when|if|where|for) [empty|missing] <place> is (empty|missing|null|blank)',
      'use <value> as default (for|of|in) <place>',
      'set default [value] (of|for|in) <place> to <value>',
      'default <place> to <value>',
      'fill [empty|missing] <place> with <value> [when empty|when missing|if empty|if missing]',
      '(when|if|where) <place> is (empty|missing|null|blank) [then] (use|put|write|take) <value>',
    ],
  ],
  [
    'set-empty-to-null',
    [
      '(treat|turn|make|change|convert|read|set) empty [values|text|texts|strings] [of|in] <place> (as|into|to) (null|missing|nothing|no value)',
      'empty to null (for|in|on|of) <place>',
      'empty [values|text|strings] (of|in) <place> (should be|become|are|means|mean) (null|missing|nothing|no value)',
      'empty <place> (should be|becomes|is|means) (null|missing|nothing|no value)',
      '(make|set) <place> null (when|if|where) [it is] empty',
    ],
  ],
  [
    'set-constant',
    [
      'set <place> to <value> (everywhere|for all|for everyone|for everybody|always|in all records)',
      '(always|everywhere) (use|put|write) <value> (for|in|as) <place>',
      '<place> should always be <value>',
    ],
  ],
  [
    'set-lower',
    [
      '(lowercase|lower case|lower) <place>',
      '(make|turn|change|convert|put|set|write|store) <place> [all] [to|into|in|as] (lower case|lowercase|small letters|lower)',
      '<place> (should be|in|to) [in] (lower case|lowercase|small letters)',
    ],
  ],
  [
    'set-upper',
    [
      '(uppercase|upper case|upper|capitalise|capitalize) <place>',
      '(make|turn|change|convert|put|set|write|store) <place> [all] [to|into|in|as] (upper case|uppercase|capitals|capital letters|caps|upper)',
      '<place> (should be|in|to) [in] (upper case|uppercase|capitals|capital letters)',
    ],
  ],
  [
    'set-type',
    [
      '(make|turn|change|convert|treat|read|cast|store|set) <place> (to|into|as|to be) [real|proper] (?<type>date|dates|number|numbers|integer|text|timestamp|time|boolean|yes/no|choice|choices|enum)',
      '<place> (should be|is|must be) [real|proper] (?<type>date|number|integer|text|timestamp|boolean|yes/no|choice)',
      'make <place> (?<type>date|number|integer|text|timestamp|boolean|choice)',
    ],
  ],
  [
    'set-copy',
    [
      '(copy|leave|keep|move) <place> (as it is|as is|unchanged|untouched|as they are)',
      'do not (change|touch|alter|convert) <place>',
    ],
  ],
  [
    'new-plan',
    [
      '(make|create|write|build|draw up|prepare|propose|suggest) [me] [new|another|fresh|first|migration] plan *',
      '(plan it|plan migration|plan move|plan again|start planning|start plan over|redo plan|replan|plan from scratch|make it|make a plan)',
    ],
  ],
  [
    'exclude-table',
    [
      '(leave out|skip|exclude|omit|leave behind|ignore) [table|entity|kind of record|records of|all] <name> [table|entity]',
      '(leave|take) [table|entity] <name> [table|entity] (out|behind|where it is|out of plan|out of it)',
      '(remove|take|drop) [table|entity] <name> [table|entity] (from|out of) (plan|migration|move|it)',
      '(do not|no need to|we do not want to|i do not want to) (move|migrate|copy|take|bring|include) [table|entity|any] <name> [table|entity|over|with us]',
      '(we|i) do not need [table|entity] <name> [table|anymore|any more|in new system]',
      '[table] <name> (can|should|must|may) (stay|stay behind|stay where it is|be left behind|be left out|be skipped|stay in old system|remain|be excluded)',
      '<name> [is|are] not needed [anymore|in new system]',
    ],
  ],
  [
    'change-field',
    [
      '(change|edit|modify|adjust|alter|set) [how] [this|that|mapping of|mapping for|rule for|rules of] [a|column|field] <place> [column|field] [moves|works|is moved]',
      '(change|edit|adjust) (something|plan|mapping|a field|field|column|how field moves|how it moves)',
      '(i have|make|do) [a|one] (change|changes)',
    ],
  ],
];
