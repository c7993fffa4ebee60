/** What nobody can have by asking: hostile, impossible, or somebody else's to decide. Compared before everything else. */
import type { PatternTable } from './pattern-table.ts';

/** Statements, as they are written; the sentence is looked through for them. */
export const statement =
  /\b(select\s[^?]+\sfrom\s+\S|insert\s+into\s|update\s+["\w.]+\s+set\s|delete\s+from\s|drop\s+(table|database|schema|role|user|index|view)s?\b|truncate\s+(table\s+)?\w|alter\s+(table|role|user|database|system)\s|grant\s.+\sto\s|create\s+(role|user|extension|function|database)\s|;\s*--)/i;

export const refusals: PatternTable = [
  [
    'run-sql',
    [
      '* (run|execute|send|do) [this|that|some|following|me] (sql|query|statement|command|script|shell command|code) *',
      '* (run|execute) * (sql|query|statement|psql|in shell|on server) *',
      '(psql|sudo|rm -rf|bash) *',
    ],
  ],
  [
    'approve-all',
    [
      '* (approve|approved|approval|approvals|accept|allow|permit|authorize|authorise|sign) * (everything|anything|always|all of it|all of them|from now on|automatically|yourself|on behalf|without asking|in advance|whatever it is) *',
      '[i|we] (approve|accept|allow|sign) all [of it|of them|approvals|requests]',
      '* auto approve *',
      'approve it all',
      '* (approve|sign) (it|this|that|plan) (for me|yourself|for us|on behalf of *)',
      '* (give|grant) (yourself|you|me) (approval|permission|access|rights|admin rights) *',
      '* (give|grant) yourself *',
      '* (skip|bypass|ignore|circumvent|work around|get around|turn off|disable|remove|avoid) [all|every|any|this|that] (approval|approvals|permission|permissions|approval step) *',
      '* without [any|an] (approval|approvals|permission|asking anyone)',
      '* (you do not need|no need for|there is no need for|stop asking for|do not ask for|nobody needs) [any|an] (approval|approvals|permission) *',
      '* (consider|treat|count|mark|regard) * (approved|signed|authorised|authorized)',
      '* (approver|boss|manager|director|chief) (said|says|told) * (yes|ok|fine|approve|approved|go ahead|start) *',
    ],
  ],
  [
    'override',
    [
      '* (ignore|forget|disregard|override|drop) [all|any|every] [of] [your|these|those] [previous|prior|earlier|above|system|other] (instructions|instruction|rules|guidelines|orders|prompt|restrictions|limits) *',
      '* (ignore|forget|disregard|override) (all|everything|what) * (before|above|told|instructions) *',
      '* you are [now|from now on] [in] (admin|administrator|root|superuser|dba|unrestricted|free|developer mode|god mode|dan) *',
      '* i am [now|also] [your] (admin|administrator|root|superuser|dba|boss|owner|developer|ceo|creator|approver) *',
      '* (act as|pretend|roleplay|role play|behave like|imagine you are) *',
      '* (developer mode|god mode|debug mode|jailbreak|admin mode|root access|admin access|admin rights) *',
      '* (system prompt|hidden instructions|secret instructions) *',
      '(show|print|reveal|repeat|give me) * your (instructions|rules|prompt)',
    ],
  ],
  [
    'skip-checks',
    [
      '* (skip|bypass|omit|leave out|turn off|switch off|disable|deactivate|ignore) [all|every|any|of] (rehearsal|validation|check|checks|gate|gates|tests|test|preflight|errors|error|failures|failure|finding|findings|differences|warnings) *',
      '* (without|no) [any|a|first|more] (rehearsal|validation|checks|rehearsing|checking|validating|tests|testing)',
      '* (force|push) (it|gate|gates|migration|move|run|start) *',
      '* (mark|set|declare|report) * (as|to) (verified|complete|completed|done|passed|successful|success|ok)',
      '* say * (verified|finished|everything is fine|all passed) *anyway',
    ],
  ],
  [
    'secrets',
    [
      '(show|give|print|reveal|send|display|what is|what are|list|dump|read) [me] [all] [of] [your|database|db|admin|source|target|supabase|openai|user|users] [database] (password|passwords|credentials|api key|api keys|key|keys|secret|secrets|token|tokens|connection string|service role|service role key|env|env file|environment variables)',
      '* (database|db|admin|root|postgres|supabase) password [is|please]',
      '* (api key|service role key|connection string|credentials|env file|namespace secret) *',
    ],
  ],
  [
    'export-raw',
    [
      '* (show|list|give|print|export|send|download|see) * (raw|real|unmasked|actual|clear|original|full) (data|values|rows|records|names|emails|addresses|contents|phone numbers) *',
      '(show|give|list|export|print|send) [me] [all|every] (names|emails|email addresses|phone numbers|birth dates|birthdays|addresses|passwords) [of|from|for] *',
      '* unmask *',
      '(export|dump|download|send|email) [me] [all] (data|database|patients|records|tables|it|everything) *',
    ],
  ],
  [
    'change-source',
    [
      '* (change|update|fix|edit|correct|delete|remove|clean|write|repair) * (in|from|to|of) (old|legacy|source) (database|system|tables|data|one) *',
      '(write|insert|add) * to (old|legacy|source) (database|system)',
      '(fix|correct|clean|repair) (old|legacy|source) (database|system|data) *',
    ],
  ],
  [
    'destroy',
    [
      '* (delete|drop|destroy|wipe|erase|truncate|remove|purge|nuke|kill|clear|empty|format) [all|all of|every|whole|entire|both|this] (everything|data|tables|database|databases|old database|new database|old system|new system|records|rows|patients|schema|target|source|backups|backup|audit log|server|disk) [from *|in *|now]',
      '* (delete|drop|destroy|wipe|erase|truncate|purge|nuke) (all|every|everything) *',
      '* (delete|destroy|wipe|erase|truncate|nuke) [old|new|legacy] (database|system|server|tables) *',
      '* drop (tables|database|it all|them all)',
    ],
  ],
  [
    'edit-row',
    [
      '(delete|remove|edit|correct|update|insert) [row|record|one|single] (?<name>\\w+) [row|record|number|no|id] <id> *',
      '(delete|remove|edit|correct|update|insert|add) [a|one|new|single] (row|record|patient|order|user|person) *',
      '(change|set|update|correct) * of [row|record|patient|order|person|user|number] <id> to *',
      '[why not|why do you not|would it not be better to] (merge|join) (them|people|accounts|these people|duplicates|records|two people)',
    ],
  ],
];
