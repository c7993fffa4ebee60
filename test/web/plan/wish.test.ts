import { describe, expect, test } from 'vitest';
import { planChange } from '../../../engine/plan/changes/plan-change.ts';
import {
  changeOf,
  codesOf,
  codesText,
  emptyWish,
  possibleWishes,
  type Way,
  type Wish,
  ways,
  wishes,
} from '../../../web/screens/plan/change/wish.ts';
import type { Column } from '../../../web/screens/plan/fields/what-happens.ts';

const status: Column = {
  ...{
    to: 'status',
    from: 'status',
    type: 'text',
    onMisfit: 'quarantine',
    confidence: 0.97,
    reason: 'codes',
  },
  transform: [{ kind: 'choice', map: { 0: 'draft', 1: 'sent' }, unknown: 'quarantine' }],
};
const link: Column = {
  ...status,
  transform: [{ kind: 'reference', entity: 'orders', onMissing: 'quarantine' }],
};
const where = { entity: 'orders', column: 'status' };
const wish = (given: Partial<Wish>): Wish => ({ ...emptyWish(status), ...given });
const details: Partial<Record<Way, string>> = {
  choice: '0 = new',
  boolean: 'y',
  timeZone: 'UTC',
  money: '2',
};

describe('what a form makes', () => {
  test('nothing at first', () => {
    expect(changeOf(emptyWish(status), where, 'why')).toBeNull();
  });

  test.each(ways)('%s is a change that the engine knows', (way) => {
    const change = changeOf(wish({ kind: 'value', way, detail: details[way] ?? '', no: 'n' }), where, 'why');
    expect(planChange.parse(change)).toMatchObject({ kind: 'set-column', reason: 'why' });
  });

  test.each(['choice', 'boolean', 'timeZone', 'money'] as const)(
    '%s without its detail is none yet',
    (way) => {
      expect(changeOf(wish({ kind: 'value', way }), where, 'why')).toBeNull();
    },
  );

  test.each(wishes)('%s is a change that the engine knows', (kind) => {
    const change = changeOf(wish({ kind, from: 'old', name: 'other', reason: 'said so' }), where, 'why');
    expect(planChange.safeParse(change).success).toBe(true);
  });

  test('what is left out needs a reason of its own', () => {
    expect(changeOf(wish({ kind: 'leaveOut' }), where, 'why')).toBeNull();
    expect(changeOf(wish({ kind: 'leaveOut', reason: ' nobody reads it ' }), where, 'why')).toMatchObject({
      reason: 'nobody reads it',
    });
  });

  test('the same name is no change', () => {
    expect(changeOf(wish({ kind: 'rename', name: 'status' }), where, 'why')).toBeNull();
  });
});

describe('what can be wanted', () => {
  test('a link stays a link', () => {
    expect(possibleWishes(link)).toContain('missing');
    expect(possibleWishes(link)).not.toContain('value');
    expect(possibleWishes(link)).not.toContain('misfit');
  });

  test('what every record has stays', () => {
    expect(possibleWishes({ ...status, to: 'legacy_id' })).toEqual([]);
    expect(possibleWishes({ ...status, transform: [{ kind: 'uuid' }] })).toEqual([]);
  });
});

describe('codes', () => {
  test('one a line, and nothing where a line says something else', () => {
    expect(codesOf('0 = draft\n\n 1=sent ')).toEqual({ 0: 'draft', 1: 'sent' });
    expect(codesOf('0 = a = b')).toEqual({ 0: 'a = b' });
    expect(codesOf('0 draft')).toBeNull();
    expect(codesOf('0 =')).toBeNull();
    expect(codesOf('')).toBeNull();
  });

  test('masked ones are never put back into the plan', () => {
    expect(codesText(status)).toBe('0 = draft\n1 = sent');
    const masked: Column = {
      ...status,
      transform: [{ kind: 'choice', map: { '0': 'd•••' }, unknown: 'quarantine' }],
    };
    expect(codesText(masked)).toBe('');
  });
});
