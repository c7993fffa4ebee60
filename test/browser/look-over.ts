/**
 * What must hold of every screen, at every width, in both colours and in every language: axe's rules, the smallest text, no
 * sideways scroll, nothing that moves where no motion is wanted, and how much script is loaded before it stands there.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/** Each a sentence; empty where all is well. */
export async function lookOver(page: Page): Promise<readonly string[]> {
  return [
    ...(await askAxe(page)),
    ...(await smallTexts(page)),
    ...(await sidewaysScroll(page)),
    ...(await motions(page)),
    ...(await weight(page)),
  ];
}

async function askAxe(page: Page): Promise<string[]> {
  // evaluated by the driver, which the page's own policy does not concern
  await page.evaluate(axe);
  const { violations } = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  )) as AxeResult;
  return violations.flatMap(({ id, help, nodes }) =>
    nodes
      .slice(0, 4)
      .map(({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  );
}

const smallest = 14;

function smallTexts(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const small: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const holder = node.parentElement;
      if (holder === null || !node.textContent?.trim() || !holder.checkVisibility()) continue;
      const size = Number.parseFloat(getComputedStyle(holder).fontSize);
      if (size < least) small.push(`text of ${size} px: ${node.textContent.slice(0, 60)}`);
    }
    return small.slice(0, 5);
  }, smallest);
}

function sidewaysScroll(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const widest = [...document.body.querySelectorAll('*')]
      .filter((one) => one.getBoundingClientRect().right > clientWidth + 1)
      .slice(0, 4)
      .map((one) => `${one.tagName.toLowerCase()}.${one.className}`);
    return [`the page is ${scrollWidth} px wide where ${clientWidth} are seen: ${widest.join(', ')}`];
  });
}

/** What would move, where less motion is asked for. */
function motions(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) return [];
    const lasts = (times: string) => times.split(',').some((time) => Number.parseFloat(time) > 0);
    return [...document.body.querySelectorAll('*')]
      .filter((one) => {
        const { transitionDuration, animationDuration, animationName, scrollBehavior } =
          getComputedStyle(one);
        const isAnimated = animationName !== 'none' && lasts(animationDuration);
        return lasts(transitionDuration) || isAnimated || scrollBehavior === 'smooth';
      })
      .slice(0, 5)
      .map((one) => `moves though less motion is asked for: ${one.outerHTML.slice(0, 100)}`);
  });
}

/** Compressed bytes, as the project's bar has it. */
const mostScript = 300_000;

/** As it would be for somebody who comes for the first time, also where the browser had a part of it already. */
async function weight(page: Page): Promise<string[]> {
  const bytes = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => /\.js(\?|$)/.test(name))
      .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
  );
  return bytes < mostScript ? [] : [`${bytes} bytes of compressed script before the screen is there`];
}
