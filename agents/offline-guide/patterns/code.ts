/** Code of a plan, the sandbox where it runs, and Docker. */
import type { PatternTable } from './pattern-table.ts';

export const code: PatternTable = [
  [
    'why-code',
    [
      'why (is|was) there [any|some] code [in plan|in it|in <place>|for <place>|here]',
      'why (is|was) [there] code (in|for|of) <place>',
      'why (do|does|did) (we|you|it|plan|i) (need|have|use|want) code [for|in] [plan|it|<place>|that|this]',
      'why (do|does|did) (we|you|it|plan|i) (need|have|use|want) code (for|in) <place>',
      'why (is|was) <place> (made|worked out|computed|written|done) by code',
      'why (does|do) <column> (need|needs|have|use) code in <table>',
      'why (does|do) <place> (need|needs|have|use) code',
      'why (code|is code needed|is code used|is it code|not without code)',
      '(what is|what was) code (for|needed for|good for|there for)',
      'what (do|does) (we|you|it|plan) (need|use) code for',
    ],
  ],
  [
    'show-code',
    [
      'what (does|do|will|would) [this|that] code (of|for|in|behind) <column> (do|mean|make|compute|calculate|say) in <table>',
      'what (does|do|will|would) [this|that] code (of|for|in|behind) <place> (do|mean|make|compute|calculate|say)',
      'what (does|do|will|would) [this|that] code (do|mean|make|compute|calculate|say)',
      '(show|explain|see|describe|read|open|print) [me] [this|that|what] code (of|for|in|behind) <place> [does]',
      '(show|explain|see|describe|read|open|print) [me] [all|this|that] code [in plan|of plan]',
      '(which|what) code (is|stands) [there] (in|for|of) <place>',
      '(is|are) there [any] code (in|for|of) <place>',
      'how does [this|that] code (of|for|in|behind) <place> work',
    ],
  ],
  [
    'try-code',
    [
      '(try|test|check|run|try out) [out] [this|that|it|your] code (of|for|in|on|with|behind) <place>',
      '(try|test|check|run|try out) [out] [this|that|it|your|some|my] code [first|on some rows|on few rows|on sample]',
      '(does|will|would|can) [this|that] code (of|for|in) <column> work in <table>',
      '(does|will|would|can) [this|that] code (of|for|in) <place> work',
      '(does|will|would|can) [this|that] code work',
      'what would [this|that] code make (of|out of) <place>',
    ],
  ],
  [
    'docker',
    [
      '(what|for what|why|when|where) (is|do we|do i|do you|does it|does towpath) [need|needs] docker [needed|used|required|there|good] [for]',
      '(do|does|must|should|have|need) (i|we|you|it|towpath|one) [to] (need|have|install|get|use|start) docker',
      'is docker (needed|required|necessary|there|here|missing|running|installed|available|working)',
      '(what if|what happens if|what happens when) [there is] (no docker|docker is missing|docker is not there|docker does not run|i have no docker|we have no docker) [here]',
      '(how|where) (do|can|would) (i|we) (get|install|start|find) docker',
      '(docker is missing|there is no docker|docker does not work|docker does not run|docker is not running|no docker|i have no docker|we have no docker|docker is not installed)',
      '(does|is) sandbox (work|working|there|ready|run|running)',
      'why (can|does|could) [this|that] (code|sandbox) not [be] (run|work|tried)',
    ],
  ],
];
