/**
 * Made-up values that look real and are the same for the same value: drawn by an HMAC of it, so that rows that agreed
 * still agree and nobody finds the way back. Names are ordinary ones, addresses end where no mail arrives, telephone
 * numbers are from the range that is kept for films.
 */
import { hash } from 'node:crypto';
import type { TransformOf } from './step.ts';

type Look = NonNullable<TransformOf<'mask'>['as']>;

const words = (text: string) => text.split(' ');
const FIRST = words(
  'Ada Alex Amir Anna Ben Carla Chen Clara David Elena Emil Emma Felix Hana Ida Ivan Jonas Julia Kim Lara Leo Lina Luca Maria Max Mila Nina Noah Olga Paul Rosa Sam',
);
const LAST = words(
  'Adams Bauer Becker Brown Costa Diaz Evans Fischer Garcia Gruber Hansen Huber Ivanov Jansen Keller Kim Lang Lopez Martin Meyer Moreau Novak Olsen Peters Rossi Sato Silva Smith Tanaka Weber Wood Young',
);
const STREET = words(
  'Bridge Canal Castle Church Garden Harbour High Hill Lake Lock Main Market Meadow Mill Park River',
);
const CITY = words(
  'Ashford Brookfield Clearwater Eastport Fairview Greenville Highbury Kingsford Lakewood Milton Newhaven Oakdale Riverton Springfield Westbrook Woodside',
);
const TRADE = words(
  'Consulting Design Foods Freight Health Labs Logistics Media Partners Printing Supply Systems Tools Trading Travel Works',
);

/** Numbers drawn from a value, as many as are asked for. `seed` is its HMAC in hexadecimal digits. */
class Draw {
  private readonly seed: string;
  private block = '';
  private at = 0;
  private blocks = 0;

  constructor(seed: string) {
    this.seed = seed;
  }

  below(limit: number): number {
    if (this.at === this.block.length) {
      this.block = hash('sha256', `${this.seed}${this.blocks++}`, 'hex');
      this.at = 0;
    }
    this.at += 4;
    return Number.parseInt(this.block.slice(this.at - 4, this.at), 16) % limit;
  }

  of(list: readonly string[]): string {
    return list[this.below(list.length)]!;
  }

  hex(): string {
    return this.seed.slice(0, 8);
  }
}

export function fakeText(value: string, look: Look, seed: string): string {
  const draw = new Draw(seed);
  switch (look) {
    case 'first-name':
      return draw.of(FIRST);
    case 'last-name':
      return draw.of(LAST);
    case 'name':
      return `${draw.of(FIRST)} ${draw.of(LAST)}`;
    case 'email':
      return `${draw.of(FIRST)}.${draw.of(LAST)}.${draw.hex()}@example.invalid`.toLowerCase();
    case 'phone':
      return `+1${200 + draw.below(800)}55501${String(draw.below(100)).padStart(2, '0')}`;
    case 'street':
      return `${1 + draw.below(199)} ${draw.of(STREET)} Street`;
    case 'city':
      return draw.of(CITY);
    case 'company':
      return `${draw.of(LAST)} ${draw.of(TRADE)}`;
    case 'shape':
      return value.replace(/[\p{L}\p{N}]/gu, (character) => sameKind(character, draw));
  }
}

function sameKind(character: string, draw: Draw): string {
  if (/\p{N}/u.test(character)) return String(draw.below(10));
  const upper = character !== character.toLowerCase();
  return String.fromCharCode((upper ? 65 : 97) + draw.below(26));
}
