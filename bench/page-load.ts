/** How soon the page can be used by somebody who opens it for the first time, and what it loads until then. */
import { launchChromium } from './chromium.ts';
import { median, type Outcome, verdict } from './measurement.ts';
import { figuresOf, type PageFigures, told, watchComing } from './page-figures.ts';
import type { Row } from './row.ts';
import { type Served, servePage, token } from './serve.ts';

const ASK_MILLISECONDS = 1000;
const ASK_BYTES = 300_000;
const VISITS = 5;

const names = { what: 'the page, first visit, until it can be used', ask: 'at most 1 s' };
const sizeNames = { what: 'compressed script of the first visit', ask: 'at most 300 kB' };

export const pageLoad: Row = {
  id: 'page',
  ...names,
  needs: ['chromium'],
  async measure(workplace) {
    const served = await servePage(workplace, null);
    const visits: PageFigures[] = [];
    try {
      // the server packs its files for the first who asks
      for (let visit = 0; visit <= VISITS; visit++) visits.push(await firstVisit(served));
    } finally {
      await served.end();
    }
    return outcomes(visits.slice(1));
  },
};

/** With a browser of its own: nothing is kept from one to the next. */
async function firstVisit({ origin }: Served): Promise<PageFigures> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1360, height: 860 } });
    await watchComing(page);
    await page.goto(`${origin}/enter?token=${token}`);
    return await figuresOf(page);
  } finally {
    await browser.close();
  }
}

function outcomes(visits: readonly PageFigures[]): Outcome[] {
  const of = (name: keyof PageFigures) => visits.map((visit) => visit[name]);
  const middle = (name: keyof PageFigures) => median(of(name));
  const all = Object.fromEntries(
    (Object.keys(visits[0]!) as (keyof PageFigures)[]).map((name) => [name, middle(name)]),
  ) as unknown as PageFigures;
  return [
    {
      ...{ id: 'page', ...names, value: middle('interactive'), limit: ASK_MILLISECONDS },
      samples: { towpath: of('interactive') },
      status: verdict(middle('interactive'), ASK_MILLISECONDS),
      figure: `${Math.round(middle('interactive'))} ms`,
      notes: [`Medians of ${visits.length} visits: ${told(all)}.`],
    },
    {
      ...{ id: 'page-script', ...sizeNames, value: middle('scriptBytes'), limit: ASK_BYTES },
      samples: { towpath: of('scriptBytes') },
      status: verdict(middle('scriptBytes'), ASK_BYTES),
      figure: `${(middle('scriptBytes') / 1000).toFixed(1)} kB`,
      notes: [],
    },
  ];
}
