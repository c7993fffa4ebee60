/** Asking about the data, the plan, the run, the result. */
import { oneRecord } from './one-record.ts';
import type { PatternTable } from './pattern-table.ts';

export const questions: PatternTable = [
  ['why', ['explain (that|it|this|why)', 'explain']],
  [
    'explain',
    [
      '(what is|what are|explain|define|what does|what do you mean by|meaning of|what means) [word|term] (?<name>quarantine|quarantined|set aside|repaired|sign off|rollback|undo|sync) [mean|means]',
    ],
  ],
  [
    'go-through',
    [
      '(go through|see|show|explain) (them|causes|reasons|problems|set aside records) [one by one|now|one after other]',
      '(next one|next reason|next cause|next problem|one by one|go through them)',
    ],
  ],
  [
    'how-hard',
    [
      'how (difficult|hard|easy|complicated|complex|tricky) (will|would|could) [my|old|whole] (it|this|that|migration|move|database) be',
      'how (difficult|hard|easy|complicated|complex|tricky) (is|will|would|does|could) [it|this|that|all this] [be|look|get|my|old|whole] [data|database|migration|move|to move|thing|all]',
      '(is|will) (it|this|that|migration|move) [going to] [be] (difficult|hard|easy|complicated|complex|tricky)',
      '(what|which things|what things) (can not|cannot|will not|does not|do not|would not) (move|be moved|come along|be migrated|come over) [automatically|by itself|by themselves|on its own|with it]',
      '(what|is there anything that|anything that) (will be|is|would be|could be) lost [in move|on way|when it moves]',
      '(show|give|make|tell|write) [me] [an|assessment|judgement|difficulty] (assessment|judgement|difficulty) [of old database|of it|of move]',
      '(assess|judge|rate) [it|old database|database|migration|move]',
    ],
  ],
  [
    'hard-tables',
    [
      '(show|which|what|list) [me] [what|tables|table|is|are|ones] [is|are] (hard|difficult|hard ones|difficult ones|hardest|most difficult)',
      '(which|what) (tables|ones|kinds) are (hard|difficult|complicated)',
    ],
  ],
  [
    'show-behind',
    [
      '(show|list|what|which) [me] [what|tables|kinds] (stays behind|stay behind|stays|is left behind|are left behind|is left out of plan|is excluded|are excluded|stays in old system)',
    ],
  ],
  ['show-mistakes', ['(show|list|what are|explain) [me] [all] mistakes [of plan|in plan]']],
  [
    'how-know',
    [
      'how (do you|can you|would you|did you) (know|know that|know this|find out|find that out|be sure|be so sure|be certain|tell)',
      '(are you|you are) [really] (sure|certain|sure about that|sure of that)',
      '(where|how) (does|do|did) (that|this|it|number|that number|this number|these numbers|numbers|those numbers) come from',
      '(who|what) (says|said|told you) (so|that)',
      '(prove|prove it|prove that|show me proof|what is proof|what is your source|what is that based on|where is that from|how can i trust that|can i trust that|why should i believe that|source)',
    ],
  ],
  [
    'not-checked',
    [
      '(what|which|is anything|was anything|is there anything) [things|of it] [was|were|is|are|has been|have been] [that was] (not checked|not verified|not compared|unchecked|unverified|left unchecked)',
      '(what|which) (did|have) you not (check|checked|verify|verified|compare|compared)',
      '(show|list) [me] [what was|what is|things] not (checked|verified|compared)',
    ],
  ],
  [
    'rehearsal-result',
    [
      '(what|how) (did|does|was|were) [it|you] (rehearsal|result of rehearsal|rehearsal result|results of rehearsal) [show|say|find|find out|result|go|like|bring|come to|tell]',
      '(show|open|see|read|explain) [me] (result of rehearsal|results of rehearsal|rehearsal result|rehearsal results|what rehearsal showed)',
      '(did|has|was) rehearsal (pass|passed|work|worked|succeed|succeeded|ok|good|successful|go through|gone through) [well|go well]',
      'how did rehearsal (go|end|turn out)',
    ],
  ],
  [
    'approval-means',
    [
      'what (would|will|does|do) (that|this|it|approval|this approval|that approval|card|my yes|yes) (do|mean|change|cause|allow)',
      'what (am i|are we|would i be|do i|would i) (approving|approve|agreeing to|signing|sign|agree to|allow|allowing) [here|exactly|with that]',
      'what (happens|will happen|would happen) (if|when|once) i (approve|say yes|sign|agree|type yes) [it|that|this]',
    ],
  ],
  [
    'can-fix',
    [
      '(can|could|how can|how do|how could|may|should) (i|we|you|it|they|that|this) [be] (fix|fixed|repair|repaired|correct|corrected|solve|solved|mend) [it|them|that|this|these|those|problem|problems|records|values]',
      'how (can|do|would|could) (i|we|you|one) (fix|repair|correct|solve) *',
      '(fix|repair|correct|solve) (it|them|that|this|these|those|problem|problems)',
    ],
  ],
  ...oneRecord,
  [
    'how-long',
    [
      'how (long|much time) [will|would|does|do|is|did] [it|this|that|move|migration|whole thing|everything|rehearsal|full move|all of it|we|you] [all] [take|last|need|run|be|require] [in total|for everything|to move|to move everything|altogether]',
      'how long (until|till|before) * (done|finished|over|ready|complete)',
      'when (will|is) (it|this|that|move|migration|everything|we) [be] (done|finished|ready|over|complete|through|completed)',
      '(what is|give me) [an|a|your] (estimate|eta|duration|time estimate|forecast|time frame)',
      'why (does|is|will) (it|this|that) [take|taking|be] (so long|so slow|long|slow|that long)',
      '(how fast|eta|duration|how many minutes|how many hours) *',
      'is it going to take long',
      'how long',
      'how (much longer|much more time|long did rehearsal say|long still)',
    ],
  ],
  [
    'safe',
    [
      'is (it|this|that|all this|my data|data|everything|old database|old system|move|migration) [all|really|completely] (safe|secure|dangerous|risky|ok|protected|harmless)',
      '(can|could|will|do|would) (i|we|it|this|anything|something|you) [ever] (lose|break|damage|destroy|harm|delete|ruin|corrupt) [any|my|our|some|all] [data|anything|something|records|it|old database|old system|information]',
      '(will|does|do|is|would) [it|you|anything|this] (change|changed|touch|alter|modify|write to|affect) [in|anything in|something in] [my|our|this|it] [old database|old system|old data|anything|something|production|source|live system|old one]',
      'what (happens|will happen) to (old database|old system|old data|old one|original)',
      '(are you|you are) (safe|careful)',
      '(is|will) anything [be] (lost|deleted|changed|overwritten|touched)',
    ],
  ],
  [
    'go-wrong',
    [
      'what (could|can|might|would|will|may) (go|possibly go) wrong [with it|with that|there]',
      'what if [something|anything|it|this|move|migration|that] (goes wrong|fails|breaks|crashes|stops|does not work|fail|power goes|connection breaks) *',
      '(what are|show|list|tell|any|are there|name) [any|me] (risks|dangers|risk|problems to expect|known risks|concerns) *',
      'how (risky|dangerous) is (it|this|that|move)',
      '(risks|what are you worried about|worst case)',
    ],
  ],
  [
    'unsure',
    [
      '(what|where|which) [choices|fields|suggestions|things|columns] (are|is) [you|it] [not sure|unsure|uncertain|least sure|least certain|in doubt] [about|of]',
      '(what are you|where are you|are you) (not sure|unsure|uncertain|least sure) [about|of] [anything|something]',
      '(show|list|go through|what are|see|review|tell) [me] [your|all|open|unsure] (suggestions|suggestion|open questions|questions|unsure choices|doubts|uncertain choices|least sure choices|unsure fields)',
      '(go through suggestions|go through less sure choices|what do you suggest|what do you recommend|any suggestions|what do you need from me|do you have questions|what do you need to know)',
    ],
  ],
  [
    'list-set-aside',
    [
      '* (set aside|quarantine|quarantined|in quarantine|rejected rows|rejected records|held back|did not fit|do not fit|not fit|bad rows|bad records|failed rows|failed records|rows failed|records failed) *',
      '(what|which|show|list|why were|why are|how many) [rows|records|ones|it|all|of them|me] [were|was|are|is|have been] (left out|not moved|rejected|failed|missing|repaired|changed on way|skipped|not migrated)',
      '(what|which) (rows|records|values|ones) (did not|could not|were not) [be] (make it|arrive|moved|move|come over|migrated|fit)',
      '(show|list|what are|are there|any|see) [me] [all|any|data] (problems|causes|errors|issues|failures|repairs|bad data|defects|dirty data)',
      'what (was|is|were|has been) (repaired|fixed|changed on way|wrong with data)',
      'what (is|was|went|are) (wrong|problem|problems|broken|bad) [with it|with data|here|there]',
      '(show|show me|see|list) (12|[0-9]+) [of them|records|rows]',
      'deal with <id>',
    ],
  ],
  [
    'findings',
    [
      '(show|list|what are|are there|any|see|which|how many) [me] [all|any] (differences|findings|mismatches|discrepancies|difference|deviations) [are there|did you find|were found|between old and new|found]',
      'what (is|are) different [now|between *]',
      'what did (validation|comparison|check) (find|say|show)',
    ],
  ],
  [
    'money',
    [
      '* (money|amounts|payments add up|sums|totals|cents|cent|revenue|finances|financial|accounting|balance|balances|invoices add up) *',
      '(do|does) * add up [right]',
    ],
  ],
  [
    'report',
    [
      '(open|show|read|see|view|give|where is|what is in|what does) [me] [final] report [say|again|files]',
      '(report|what is result|show result|show results|what are results|result|results|how did it go|what came out|summary|summarise|summarize|sum it up|summary of it|give me summary|what was result|show summary)',
    ],
  ],
  [
    'if-drift',
    [
      'what (happens|will happen|would happen|do you do|will you do) (if|when|in case) [old|source|somebody|someone|something in] (database|old database|system|old system|source|somebody|someone|something) [changes|change] *',
      'what if [old|source|somebody|someone|something in] (database|old database|system|old system|source|somebody|someone|something) changes *',
      '(can|may) [we|people|they|i] (change|work in|work on|keep working in) [old] (old database|old system|database|system|tables) (during|while|meanwhile) *',
    ],
  ],
  [
    'drift',
    [
      '(has|did|is) [old|source|my|anything in] (database|old database|system|old system|source|anything|something) [anything|something] [been] (changed|change|drifted|different) [since *|in old database|in old system|lately|meanwhile]',
      '(has anything|did anything|what has|what) changed [in old database|in old system|since plan|since plan was made|since then|in source|there|meanwhile]',
      '(show|list) [me] [all] changes [in old database|since plan]',
      '(drift|check drift|is there drift|compare plan with old database|does plan still fit|is plan still valid|is plan up to date)',
    ],
  ],
  [
    'events',
    [
      'what (happened|has happened|was done|has been done|did you do|have you done|just happened|is happening) [so far|lately|recently|last|today|yesterday|until now|last night|there|here]',
      '(who|when) (did|approved|changed|started|paused|cancelled|signed) (what|it|that|plan|this|last change|move|report|result)',
      '(who|when) [has] (approved|signed|started|paused|cancelled)',
      '(show|list|see) [me] [recent|last|latest] (events|history|log|activity|audit log|what was done|changes)',
      '(history|log|recent events|audit trail|what did i miss|who did what)',
    ],
  ],
  [
    'status',
    [
      '(where|how far|how) (are|is|am) (we|i|it|you|things|move|migration|run|that|everything) [at|now|going|doing|along|coming along|getting on|at moment|standing|already|moved]',
      'what is [already] in new (system|database|one) [now|right now|already|at moment|so far|today]',
      '(status|progress|state|current status|current state|what is status|what is progress|what is state|show status|show progress|how far|whats up|what is up|what is going on|what is happening|what are you doing|what is running|status report|give me status|state of things)',
      'what is (up|status|state|going on|happening|progress|new) (with|of|on|at) [it|move|migration|this|that|everything|run|things|moment]',
      '(is|are) (it|you|we|move|migration|everything|rehearsal) [already|still|now] (running|done|finished|complete|working|through|over|moving|stuck|ready|there yet|alive|paused)',
      'how (many|much) [records|rows|of it|percent] (are|is|have been|has been|were) [already|now] (moved|done|left|in new system|copied|through)',
      'what is (in|inside) new (system|database) [now|already|at moment]',
      '(did it|has it) (work|worked|finish|finished|stop|stopped|start|started|break|crash|succeed|fail|failed)',
    ],
  ],
  [
    'can-close',
    [
      '(can|may|could|should|must) i (close|leave|shut|turn off|switch off|go|log out of|quit) [window|laptop|computer|page|browser|chat|this|it|here|home|machine] [now|meanwhile|in between]',
      'do i (have|need) to (wait|stay|keep it open|stay here|leave it open) *',
      'what if i close [window|this|it|laptop|page|browser]',
    ],
  ],
  [
    'next',
    [
      'what (is|comes|happens|do we do|do i do|should i do|would you do|must i do|should we do|now|shall i do|would be) [now|next|now then|next step] [next|now|step|from here]',
      '(what now|what then|next step|and now|now what|then what|what is left|what remains|what is missing|how do we go on|how do we continue|how does it go on|what should i do|what do you suggest next|what is still to do)',
      'what (will|would|is going to|does|do) [you|it|happen|happens] (happen|do|do next|happen next|do now|happen now|happen then|happen if i say yes|happen if i approve)',
    ],
  ],
  [
    'waiting',
    [
      '(what|who|which) (needs|need|is waiting for|waits for|has|requires) [an|my|to] (approval|approvals|approve|decision|signature)',
      '(show|list|are there|any|open|see|what are) [me] [any|open|pending|waiting] (approvals|approval|approval card|card|cards|decisions|requests) [waiting|open|pending]',
      '(who|how) (can|may|must|has to|should|do i|do we|does one|is it) (approve|approved|decide|give approval|give it|allow it|sign) [this|it|that|plan]',
      'is (anything|something) waiting [for me|for approval]',
    ],
  ],
];
