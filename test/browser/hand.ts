/**
 * How somebody works the page: with a mouse, or with nothing but a keyboard, which comes to a thing by the tab key alone and
 * must show on the way there where it is.
 */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

export interface Hand {
  /** A button or a link. */
  press(what: Locator): Promise<void>;
  /** A box that is not ticked yet. */
  tick(what: Locator): Promise<void>;
  write(what: Locator, words: string): Promise<void>;
}

export const mouse: Hand = {
  press: (what) => what.click(),
  tick: (what) => what.check(),
  write: (what, words) => what.fill(words),
};

export interface Keyboard extends Hand {
  /** On with Tab until the focus is there. */
  comeTo(what: Locator): Promise<void>;
  /** How often Tab was pressed, for each that was come to. */
  readonly steps: readonly number[];
}

const mostSteps = 200;

export function createKeyboard(page: Page): Keyboard {
  const steps: number[] = [];

  async function comeTo(what: Locator): Promise<void> {
    await what.waitFor();
    for (let step = 0; step <= mostSteps; step++) {
      if (step > 0) await page.keyboard.press('Tab');
      if (!(await what.evaluate((one) => one === document.activeElement))) continue;
      if (step > 0) expect(await outlineOf(what), 'one sees where the keyboard is').toBe(true);
      steps.push(step);
      return;
    }
    throw new Error(`The keyboard did not come to ${what}.`);
  }

  return {
    comeTo,
    steps,
    async press(what) {
      await comeTo(what);
      await expect.poll(() => what.isEnabled(), { timeout: 60_000 }).toBe(true);
      await page.keyboard.press('Enter');
    },
    async tick(what) {
      await comeTo(what);
      await page.keyboard.press('Space');
      expect(await what.isChecked()).toBe(true);
    },
    async write(what, words) {
      await comeTo(what);
      await page.keyboard.type(words);
    },
  };
}

/** Around the thing itself, what is drawn over it, or what holds it. */
function outlineOf(what: Locator): Promise<boolean> {
  return what.evaluate((one) => {
    const isDrawn = ({ outlineStyle, outlineWidth }: CSSStyleDeclaration) =>
      outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
    const around = one.closest('label') ?? one;
    const composer = one.closest('.composer');
    return (
      [getComputedStyle(one), getComputedStyle(one, '::after'), getComputedStyle(around)].some(isDrawn) ||
      (composer !== null && getComputedStyle(composer).boxShadow !== 'none')
    );
  });
}
