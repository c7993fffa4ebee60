/** Doing: rehearse, start, stop, check, report, sign, take back. */
import type { PatternTable } from './pattern-table.ts';

const move =
  '(migration|move|migrating|moving|run|transfer|migration run|real move|full move|actual migration|copy|copying|real thing|it)';

export const moves: PatternTable = [
  [
    'clean-up',
    [
      '(clean up|cleanup|tidy up|tidy|remove|delete|clear|purge|prune) [all] (old|older) (logs|log|checkpoints|records of migration|entries|artifacts|log files|logs and checkpoints|bookkeeping) [older than (?<days>\\d+) days]',
      '(clean up|cleanup|tidy up) [logs|checkpoints|bookkeeping|after yourself|own records] [older than (?<days>\\d+) days]',
      '(delete|remove) (logs|checkpoints|entries) older than (?<days>\\d+) days',
      'do [final] clean up',
    ],
  ],
  [
    'accept-set-aside',
    [
      '(go on|continue|carry on|move on|proceed) without (them|those|these|set aside|set aside records|set aside rows|rest)',
      '(accept|leave out|leave) [that|all] [records|rows] [that are] (set aside|set aside records|set aside rows|quarantined rows|quarantine) [and go on|and continue|behind]',
      'open gate',
      '(go|get) past (gate|check|it)',
    ],
  ],
  [
    'try-fix',
    [
      '(try|test|try out|preview) [all] [your|these|those|that|them with] (suggestion|suggestions|suggested fix|suggested fixes|fix|fixes) [first|on them|on these rows|for them|on set aside rows|on set aside records]',
      '(what would|what does|would) (suggestion|suggestions|suggested fix|fix) (do|change|help)',
    ],
  ],
  [
    'what-to-do-set-aside',
    [
      '(what can|how can|what could|how do) (i|we|be) (do|done|fix|get|move) [about|with|for|in] (them|those|set aside|set aside rows|set aside records|rows set aside|records set aside|quarantine|quarantined rows) [in|through|over|after all]',
      '(what do you suggest|suggestions|what is suggested) (for|about|with) (them|set aside|set aside rows|set aside records|quarantine)',
    ],
  ],
  [
    'retry-set-aside',
    [
      '(retry|repeat|try|try again|redo|reload|move) [moving] [set aside|quarantined|with] (them|rows|records|set aside|quarantine|failed ones|failed rows|set aside rows|set aside records|quarantined rows|ones set aside) [once more|again|one more time]',
      '(retry|deal with|fix|repair) [set aside|quarantined] (quarantine|set aside|set aside records|set aside rows|rows set aside|records set aside|quarantined rows|quarantined records)',
      'retry',
      '(retry|move them|move rows|move records) (with|by) [your|these|those|that] (suggestion|suggestions|suggested fix|suggested fixes|fix|fixes)',
    ],
  ],
  [
    'sync',
    [
      '* (sync|synchronise|synchronize|synchronisation|synchronization) *',
      'keep [them|both|databases|old and new|two systems] in (step|sync) *',
      '(move|bring|take|copy) (changes|new records|what has changed|what changed since) [since *|over|again]',
    ],
  ],
  [
    'can-undo',
    [
      '(can|could) (i|we|it|this|that|everything|all of it|one|you) [still|later] (undo|be undone|go back|take it back|be taken back|reverse|be reversed|rollback|roll back|be rolled back) [it|that|this|everything|all of it|later|move|migration] [afterwards|later|again]',
      'is (it|this|that|everything|move) [all] (reversible|undoable|final|permanent|irreversible)',
      'what (can|could) [still|i|we] [still] (be undone|undo|take back)',
      'is there [a|any] (way back|undo|going back)',
      'how (do i|do we|can i|can we|would i|would we|does one) (undo|go back|take back|rollback|roll back|reverse) [it|this|that|all|everything|move|migration]',
      'show me exactly',
      'what if i (change my mind|regret it|want to go back)',
    ],
  ],
  [
    'preview-rollback',
    [
      'what (would|does|will) [an|your|a] (undo|rollback|undoing|roll back) [it|this|that|move|everything|all] [of it] (do|remove|take out|delete|mean|cost)',
      '(show|tell) [me] [a] (preview of|what) [a|an] (undo|undoing|rollback) [it|would do|would remove]',
      'preview [the|a] (undo|rollback|undoing)',
      'how (much|many records|many rows) would (undoing|an undo|a rollback|go) [it|remove|take out|go|if i undo]',
    ],
  ],
  [
    'rollback',
    [
      `(undo|reverse|revert|rollback|roll back|take back) [all of|whole|last|entire] ${move}`,
      '(undo|undo that|undo this|rollback|roll back|take it back|take everything back|take it out|take it out again|undo all|undo everything|undo all of it|roll it back|revert everything|reverse everything)',
      '(delete|remove|take out) (everything|what|all) [that] (you|we|i|it|was) [have|has|were] (moved|copied|put there|migrated|brought) [from new system|again|there]',
      '(restore|put back) new system (as it was|to how it was|to before)',
    ],
  ],
  [
    'cancel',
    [
      `(cancel|abort|kill|end|quit|terminate) [whole] ${move} [for good|for ever|completely]`,
      '(cancel|abort|terminate|end it|stop it for good|stop for good|give up)',
      `stop ${move} for good`,
    ],
  ],
  [
    'pause',
    [
      `(pause|halt|hold|suspend|interrupt|freeze) [${move.slice(1, -1)}|everything|that|this] [for now|for moment|moment|until tomorrow|for today|there]`,
      `stop ${move} [for now|for moment|at moment|a moment|until tomorrow|for today|there]`,
      '(wait|hold on|stop for now|take a break|hold it|stop for a moment|make a pause|stop everything)',
    ],
  ],
  [
    'resume',
    [
      `(continue|resume|restart|unpause|carry on|go on|proceed|keep going) [with] ${move} [where it stopped|from there]`,
      '(resume|unpause|continue from there|continue where it stopped|pick up where it stopped|continue where you stopped|keep going|carry on moving|go on moving)',
    ],
  ],
  [
    'rehearse-chaos',
    [
      '(rehearse|rehearsal|test|try|trial run|test run) [it|plan|move|this|again|migration] (with|under|including) (faults|failures|chaos|errors|disturbances|interruptions|broken connections|crashes)',
      '(rehearse|try|test|simulate|play through|prove|show me|show) [me] [what happens] (if|when|that) [my|our|a] (connection|network|line|internet|server|process|computer|machine|power) (breaks|fails|drops|is cut|crashes|dies|goes down|goes away|is lost|breaks off|stops)',
      'what (happens|would happen) (if|when) [my|our] (connection|network|line|internet|server|process|computer|machine|power) (breaks|fails|drops|is cut|crashes|dies|goes down|goes away|is lost|breaks off|stops)',
      '[do|run|make|start|try] [a] (chaos|fault injection|stress test|crash test) [test|testing|rehearsal|run]',
      '(prove|show|show me|test|try) that (nothing|no record|no records) (is|are|gets|get) lost [if|when] [something|it|connection|process] [breaks|fails|crashes]',
      '(break|cut|kill) (it|connection|process|something) [on purpose] and (see|look|check) what happens',
    ],
  ],
  [
    'rehearse',
    [
      '(rehearse|do rehearsal|start rehearsal|run rehearsal|make rehearsal|repeat rehearsal|rehearse it|rehearse first|rehearse plan|rehearse migration|rehearse move|begin rehearsal|rehearsal)',
      '(try|test) (it|plan|move|migration|it out|it first|it with a few) [first|out|with some records|with a few records|on sample|with sample]',
      '(do|make|start|run|try) [a|first] (test run|dry run|trial|trial run|practice run|try out|rehearsal|test) [first]',
      '(test run|dry run|trial run|practice run)',
    ],
  ],
  [
    'start-move',
    [
      `(start|begin|launch|do|run|kick off|execute|perform) [with] [whole|full|real|actual] ${move} [for real|today]`,
      '(migrate|migrate everything|migrate all|migrate data|migrate database|migrate it|move it|move everything|move data|move all data|move all records|move records|move it all|move them|move it over|move everything over|bring it over|transfer data|transfer everything|start moving|start migrating|start copying|copy everything|copy data)',
      '(move|migrate|bring|transfer) (everything|it all|data|all data|all records|all tables) (over|to new system|to supabase|into new system)',
      'start (moving|migrating|copying) (everything|it all|data|all data|all records|all tables|it)',
      '(review and approve|start for real|go live)',
    ],
  ],
  [
    'sign-off',
    [
      '(sign off|sign|sign it|sign report|sign result|sign it off|finish and sign|i want to sign|close it|sign off migration|sign off move|sign off result|sign off report|ask for signature|sign off on it)',
      'who (signs|has to sign|can sign|signs off) [off] [it|report|result]',
      'it is (ready to sign|ready for signature|time to sign)',
    ],
  ],
  [
    'write-report',
    ['(write|make|create|generate|produce|print|prepare) [me] [final] report [again|now]', 'report it'],
  ],
  [
    'validate',
    [
      '(validate|verify|compare|check) [everything|all|it|result|both|move|migration|old and new|old with new|new system|data|again|all records|both systems|everything again|new system with old one|whole thing]',
      '(validate|verify|compare|check) (if|that|whether) * (right|correct|complete|ok|there|arrived|equal|same|match|matches)',
      '(is|are|was|were|did) (everything|all|it|all records|all of it|records|data|result|numbers) [really|all|still|there and] (right|correct|ok|okay|fine|complete|there|arrive|arrived|verified|accounted for|make it|moved|good|in order|same|come over)',
      '(do|does) (everything|old and new|it|numbers|they|records|both) [all] (match|agree|fit)',
      '(run|start|do) [a|full] (validation|comparison|check|checks|verification)',
    ],
  ],
  [
    'preflight',
    [
      '(check|test|try) (connection|connections|database connection|databases|again|both databases|setup|access|server|servers|if it works|if you can connect|requirements)',
      '(preflight|run preflight|preflight check|run checks first|run preflight checks|check preflight)',
      '(are|is) [both|old|new] (databases|database|connection|connections|everything|systems|servers) (connected|reachable|ready|working|up|set up)',
      '(can it|will it|does it|could it) (work|work at all|connect|reach both)',
      '(are we|are you|is it) (connected|ready to start|ready|online)',
      '(is|are|how is|does) [database] (connection|connections) [is|are] (ok|good|fine|working|work|up|there|all right)',
    ],
  ],
  [
    'look-again',
    [
      '(look|look at it|look at old database|read|analyse|analyze|inspect|scan) [it|old database] (again|anew|once more)',
      '(take|have) (another|second|new) look',
      '(refresh|reload|update) [what you found|catalog|it]',
    ],
  ],
  [
    'look',
    [
      '(start|begin|get started|start it|start journey|get going|start over|start again|begin again|go|start from beginning|new migration|where do i start|where do we start|how do i start|how do we start|how to start|what do i do first)',
      '(look|look at it|look at old database|look at database|look at old system|look at data|look around|take a look|have a look|have a look at it|take look at it|take look at old database|have look at old database|look inside|look first|take look|have look)',
      '(analyse|analyze|inspect|examine|scan|read|survey|explore|study|introspect) [it|old|legacy|source|my|again] [database|system|data|source|tables|it]',
      '(help me|i want to|i need to|we want to|we need to|i would like to) (move|migrate|transfer|bring over) *',
      '(we have|i have|there is) [an|a] old (database|system) *',
      '(move|migrate) (old|legacy) (database|system|data) [to *|into *]',
    ],
  ],
];
