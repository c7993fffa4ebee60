/** Asking to be shown or told what something is; the widest phrasings, so they are compared last. */
import type { PatternTable } from './pattern-table.ts';

export const explanations: PatternTable = [
  [
    'ddl',
    [
      '(show|draft|give|print|write|see) [me] [all] (ddl|create table statements|create statements|schema|new schema|table definitions|sql for new tables|statements|sql) [for|of] <name>',
      '(show|draft|give|print|write|see) [me] [all] (ddl|create table statements|create statements|new schema|table definitions|sql for new tables|statements)',
    ],
  ],
  [
    'show-mapping',
    [
      '(show|explain|see|tell|describe) [me] how [field|column] <place> (moves|move|is moved|are moved|is mapped|are mapped|will move|maps|comes over|changes|is converted|is changed|would move)',
      '(show|explain|see|describe) [me] [field|column] mapping (of|for|in) <place>',
      '(show|explain|see|describe) [me] <place> mapping',
      'how (is|are|does|do|will|would) [field|column] <place> [be] (move|moved|mapped|map|converted|come over|change|changed|copied|look afterwards|look after|look in new system|end up)',
      '(what|where) (becomes|happens|will become|does become|will happen|goes) (of|to|with) [field|column] <place> [in new system|afterwards|become]',
      'what (does|will|do) [field|column] <place> (become|turn into|look like) [afterwards|in new system|after]',
      'where (does|do|will|did) [field|column] <place> go',
      '(show|see) how [a|one] (field|column) moves',
      '(mapping|mappings) [of|for] <place>',
    ],
  ],
  [
    'show-plan',
    [
      '(show|see|explain|read|open|describe|review|view|give|display|check|go through|go over|what is|what is in|look at) [me] [current|migration|whole|full|new] plan [now|again|please|in words|first]',
      '(plan|what is planned|what do you plan|what are you planning|what is your plan|what will be moved|what will you move|what moves|what gets moved|what exactly will happen|which tables move)',
    ],
  ],
  [
    'show-all',
    [
      '(show|list|see|give|tell|display) [me] [all] (everything|everything you found|everything i found|tables|all tables|all|them all|kinds of records|all kinds of records|all of them|all of it|whole list|list|full list|list of tables|all records|what there is|entities)',
      '(which|what) (tables|kinds of records|records|entities|kinds) (are there|do we have|exist|do you see|did you find|have you found|have we got|are in it|there are|can you see)',
      'how many (tables|kinds of records|entities|records|rows|kinds) [are there|do we have|did you find|in total|are in it|altogether]',
      '(tables|all tables|list tables)',
    ],
  ],
  [
    'found',
    [
      'what (did|have|do|could) you (find|found|see|seen|discover|discovered|learn|notice|noticed|find out|saw) [there|out|in it|in old database|so far|in old system]',
      '(which|what) [table|tables|kind|kinds|kind of record|kinds of records|one|entity] (is|are) (largest|biggest|largest one|biggest one|largest table|biggest table)',
      'what is (in|inside) [it|there|old database|old system|database|my database|this database|old one|data]',
      '(show|tell|list|explain|give) [me] [what|everything|all] [that] (you found|you have found|you saw|findings from look|you see|found|was found|what you found|what was found)',
      '(what was found|found|what does old database look like|what is it like|how does it look|how bad is it|anything interesting|what do we have|what have we got|how big is it|how much is there|how big is database|how big is old database)',
      'how (good|bad|clean|dirty) is [my|old] (data|database|it)',
    ],
  ],
  [
    'explain-column',
    [
      '(explain|describe|show|what is|what are|what does|tell about|what about|tell me about|what is up with) [me] [column|field] <dotted> [mean|do|for|column|field]',
      '(explain|describe|show|what is|what does|tell about|what about|what is up with) [me] (column|field) <place> [mean|do|for]',
      '(explain|describe|show|what is|what does|tell about|what about|what is up with) [me] <place> (column|field) [mean|do|for|of|in]',
      '(explain|describe|what is|what does|tell about|what about|what is up with) [me] <column> (of|in) <table> [mean|stand for]',
    ],
  ],
  [
    'explain',
    [
      '(explain|describe|define) [me] [table|word|term|entity|what|more about] <name> [means|table|is|are|entity]',
      '(what is|what are|what about|tell about|tell me about|more about|tell more about|show|show me|what is in|what is up with|what is with|look at) [table|meaning of|entity|word|all] <name> [table|for|good for|about|exactly|entity]',
      'what (does|do) [word|term] <name> (mean|stand for|contain|do|hold|look like)',
      'what do you mean (by|with) <name>',
      'what is meant (by|with) <name>',
      '(meaning of|definition of) <name>',
      'how (many|much) <name> (are there|do we have|are in it|exist)',
      'i do not (understand|know|get) [what|word|term] <name> [means|is|are]',
    ],
  ],
  [
    'why',
    [
      'why',
      'why (that|this|so|is that|not|is this|is it|is it so|do you think so|would you|would you do that|do you suggest that|do you say that|do you recommend that)',
      'how come',
      '(what for|what is reason|for what reason|explain why|explain that|explain|give me reason|say why|and why|but why|more details|details|tell more|more|explain it|explain this)',
      'why <about>',
      'for what do (you|we|i) need <about>',
    ],
  ],
];
