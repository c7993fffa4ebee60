/** A text that a plain regular expression accepts: letters, classes, groups, alternatives, counts. Anchors are ignored. */
import { between, pick, type Random } from './random.ts';

export function textFor(pattern: string, random: Random): string {
  return new Reader(pattern, random).alternatives();
}

const CLASSES: Readonly<Record<string, string>> = {
  d: '0123456789',
  w: 'abcdefghijklmnopqrstuvwxyz0123456789_',
  s: ' ',
};

class Reader {
  private at = 0;
  private readonly pattern: string;
  private readonly random: Random;

  constructor(pattern: string, random: Random) {
    this.pattern = pattern;
    this.random = random;
  }

  alternatives(): string {
    const options = [this.sequence()];
    while (this.pattern[this.at] === '|') {
      this.at++;
      options.push(this.sequence());
    }
    return pick(this.random, options);
  }

  private sequence(): string {
    let text = '';
    while (this.at < this.pattern.length && !'|)'.includes(this.pattern[this.at]!)) text += this.item();
    return text;
  }

  /** The part is read again for each repetition, so that letters differ. */
  private item(): string {
    const start = this.at;
    const first = this.part();
    const times = this.times();
    const end = this.at;
    let text = times === 0 ? '' : first;
    for (let n = 1; n < times; n++) {
      this.at = start;
      text += this.part();
    }
    this.at = end;
    return text;
  }

  private part(): string {
    const letter = this.pattern[this.at++]!;
    if (letter === '^' || letter === '$') return '';
    if (letter === '.') return pick(this.random, [...CLASSES.w!]);
    if (letter === '\\') return this.escaped();
    if (letter === '[') return this.letterOfClass();
    if (letter !== '(') return letter;
    if (this.pattern.startsWith('?:', this.at)) this.at += 2;
    const text = this.alternatives();
    this.at++;
    return text;
  }

  private escaped(): string {
    const letter = this.pattern[this.at++]!;
    if (/[AzZmMyY]/.test(letter)) return '';
    const members = CLASSES[letter];
    return members ? pick(this.random, [...members]) : letter;
  }

  private letterOfClass(): string {
    const not = this.pattern[this.at] === '^';
    if (not) this.at++;
    let members = '';
    for (let first = true; first || this.pattern[this.at] !== ']'; first = false) {
      const letter = this.pattern[this.at++]!;
      if (letter === '\\') members += CLASSES[this.pattern[this.at]!] ?? this.pattern[this.at]!;
      if (letter === '\\') this.at++;
      else if (this.pattern[this.at] === '-' && this.pattern[this.at + 1] !== ']') {
        for (let code = letter.charCodeAt(0); code <= this.pattern.charCodeAt(this.at + 1); code++)
          members += String.fromCharCode(code);
        this.at += 2;
      } else members += letter;
    }
    this.at++;
    const letters = not ? [...'abcxyz019 -_'].filter((letter) => !members.includes(letter)) : [...members];
    return pick(this.random, letters);
  }

  private times(): number {
    const rest = this.pattern.slice(this.at);
    const counted = /^\{(\d+)(,?)(\d*)\}/.exec(rest);
    const sign = /^[*+?]/.exec(rest)?.[0];
    if (counted) {
      this.at += counted[0].length;
      const least = Number(counted[1]);
      const most = counted[2] === '' ? least : counted[3] === '' ? least + 3 : Number(counted[3]);
      return between(this.random, least, Math.min(most, least + 8));
    }
    if (sign === undefined) return 1;
    this.at++;
    if (this.pattern[this.at] === '?') this.at++;
    return sign === '?' ? between(this.random, 0, 1) : between(this.random, sign === '+' ? 1 : 0, 4);
  }
}
