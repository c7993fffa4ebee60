/** Questions that the plan has for a person, and their answers. Looked at before short answers, which “recommended” is one of. */
import type { PatternTable } from './pattern-table.ts';

export const planQuestions: PatternTable = [
  [
    'take-recommended',
    [
      '(take|accept|use|apply|choose|go with) [all] [of] (your|recommended|suggested) [recommendations|recommendation|suggestions|answers] (for|to) (rest|all|everything|all of them|rest of questions|others|other questions|all questions)',
      '(take|accept|use|apply) all [of] [your] (recommendations|suggestions|recommended answers|suggested answers)',
      '(answer|decide) (rest|everything|all|all of them|all questions|other questions) (as you recommend|as recommended|with your recommendations|as you suggest|for me as recommended)',
      '(take|use|accept) (what you recommend|what is recommended|whatever you recommend|your recommendations) [everywhere|for all|for everything]',
      '(your|all) recommendations for (rest|all|everything)',
    ],
  ],
  [
    'answer-question',
    [
      'answer [to] question <id> (with|by|is|as) <value>',
      // “a” is a small word, which a sentence loses: the letter is read from what was written
      'answer [to] question <id> [with|by|is|as]',
      'question <id> <value>',
      'question <id>',
      '(take|choose|pick|i choose|i take) <value> (for|in|to) question <id>',
    ],
  ],
  [
    'next-question',
    [
      '(next|another|following|skip|skip this|skip it|skip this question|ask next|ask me next|skip to next) question',
      '(ask|show) [me] (next one|next question|another question)',
      '(skip this question|ask me later|skip this one|leave this question for later)',
    ],
  ],
  [
    'plan-questions',
    [
      '(show|list|ask|tell|read) [me] [open|your|plan] questions [of plan|about plan|that are open|one at a time|please]',
      '(which|what) questions (are open|are there|do you have|have you got|must i answer|do i have to answer|are left|does plan have|remain)',
      '(what are|do you have) [any|open|your] questions [about plan|for me|left]',
      '(what do you need to know|what do i have to decide|what must i decide|what needs a decision|what do we have to decide|what has to be decided|what is there to decide|what cannot you decide|ask me)',
      'what (do|must|should) (i|we) [have to|need to] (decide|answer) [about plan|first|now]',
      '(answer questions|questions|open questions|questions about plan|any questions|go through questions|lets go through questions|answer questions about plan)',
      'how many questions (are there|are open|are left|do you have|must i answer)',
    ],
  ],
  [
    'recommend',
    [
      'what (do|would|did|will) you (recommend|suggest|advise|propose|choose|do|take) [here|there|then|me|in my place|for this|to do]',
      '(which|which one|what answer|which answer|which choice) (do|would) you (recommend|suggest|advise|choose|take)',
      'what (is|would be) (your recommendation|your suggestion|your advice|recommended|recommended answer|best|best answer)',
      '(your recommendation|your advice|recommendation)',
    ],
  ],
  [
    'question-why',
    [
      'why (do you ask|are you asking|do you want to know|do you need to know|do you need that|is that a question|must i decide) [that|this|me|me that|me this]',
      'why (does it matter|is that important|is this important)',
    ],
  ],
];
