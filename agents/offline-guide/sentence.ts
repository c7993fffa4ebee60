/**
 * A sentence as the patterns compare it: small letters, short forms opened, politeness, articles and punctuation gone.
 * What the person really wrote is kept beside it, since names and values are taken from there.
 */
export interface Sentence {
  readonly raw: string;
  /** What was written first, then with less and less politeness; patterns are tried on each in turn. */
  readonly forms: readonly string[];
  /** Words in quotes, as written. */
  readonly quoted: readonly string[];
}

const openings: readonly (readonly [RegExp, string])[] = [
  [
    /\b(what|where|how|who|that|there|it|here)(?:'s|s(?= (?:is|the|up|going|next|left|wrong|in|with|happening|it|this|that)\b))/g,
    '$1 is',
  ],
  [/\bi'?m\b/g, 'i am'],
  [/\b(you|we|they)'re\b/g, '$1 are'],
  [/\b(i|you|we)'d\b/g, '$1 would'],
  [/\b(i|you|we)'ve\b/g, '$1 have'],
  [/\b(i|you|we|it)'ll\b/g, '$1 will'],
  [/\b(do|does|did|is|are|was|were|would|could|should|has|have)n'?t\b/g, '$1 not'],
  [/\b(can't|cant|cannot)\b/g, 'can not'],
  [/\b(won't|wont)\b/g, 'will not'],
  [/\blet'?s\b/g, 'let us'],
  [/\bwanna\b/g, 'want to'],
  [/\bgonna\b/g, 'going to'],
  [/\bgimme\b/g, 'give me'],
  [/\b(wat|waht|whta|hwat|wht)\b/g, 'what'],
  [/\b(hwo|hoow|hw)\b/g, 'how'],
  [/\b(teh|hte)\b/g, 'the'],
  [/\b(lnog|logn|lng)\b/g, 'long'],
  [/\b(paln|plna|palns)\b/g, 'plan'],
  [/\b(udno|und[oi]o)\b/g, 'undo'],
  [/\bu\b/g, 'you'],
  [/\b(pls|plz|plse|please|kindly)\b/g, ' '],
  [/\be-mail(s?)\b/g, 'email$1'],
  [/\bauto-approve/g, 'auto approve'],
  [/\bset-aside\b/g, 'set aside'],
  [/\bsign-off\b/g, 'sign off'],
  [/\bclean-up\b/g, 'clean up'],
  [/\bdry-run\b/g, 'dry run'],
  [/\broll-back\b/g, 'rollback'],
];

const articles = /(?<![\w/.'-])(the|a|an|my|our)(?= |$)/g;
const fillers =
  /(?<![\w/.'-])(just|actually|basically|simply|really|quickly|exactly|maybe|perhaps|also|again|um+|uh+|hmm+)(?= |$)/g;

/** In front of what is wanted. */
const politeStart =
  /^(?:(?:ok|okay|alright|all right|right|so|well|and|but|then|now|hey|oh|great|good|fine|thanks|thank you|sorry|excuse me) (?=\S+ \S)|(?:can|could|would|will) you (?:also )?(?:(?:show|tell|explain to|give) me )?(?=\S)|i would like (?:you )?to |i want (?:you )?to |i need (?:you )?to |let us |tell me |you (?:can|could|should|may|must) |go ahead and |try to |do you mind to |is it possible to |can (?:i|we) (?=see|have|look|get|know))/;
const politeEnd =
  / (?:for me|to me|for us|for now|now|then|right now|thanks|thank you|too|as well|if possible|if you can|guide|towpath|again)$/;

export function sentenceOf(raw: string): Sentence {
  const straight = raw
    .replace(/[‘’`´]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .normalize('NFC');
  const quoted = [...straight.matchAll(/"([^"]+)"|(?<!\w)'([^']+)'(?!\w)/g)].map(([, a, b]) => a ?? b ?? '');
  return { raw: straight, forms: formsOf(straight), quoted };
}

function formsOf(text: string): string[] {
  let plain = text.toLowerCase().replace(/[\t\n\r]+/g, ' ');
  for (const [short, open] of openings) plain = plain.replace(short, open);
  plain = tidy(plain.replace(/["?!,;()]|\.(?=\s|$)|:(?=\s|$)|…|(?<!\w)'|'(?!\w)/g, ' '));
  const near = without(plain, articles);
  const bare = without(near, fillers);
  return [...new Set([near, trimPolite(bare), trimStart(bare), bare])];
}

function without(plain: string, words: RegExp): string {
  const bare = tidy(plain.replace(words, ''));
  return bare === '' ? plain : bare;
}

/** “ok so could you …” */
function trimStart(text: string): string {
  return trim(trim(trim(text, politeStart), politeStart), politeStart);
}

function trimPolite(text: string): string {
  return trim(trim(trimStart(text), politeEnd), politeEnd);
}

/** Never everything. */
function trim(text: string, polite: RegExp): string {
  const rest = tidy(text.replace(polite, ''));
  return rest === '' ? text : rest;
}

/** “Yes, but show me the plan first.” in parts, each of which may be what is meant. */
export function clausesOf(raw: string): string[] {
  return raw
    .split(/[.!?;]+(?:\s|$)|,\s|\s(?:but|and then)\s|\s[–—-]\s|\n+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
