/** One HTML file that needs nothing else: style inside, no script, light and dark by the reader's system. */
import { type Markup, markup } from './markup.ts';
import { styleSheet } from './style.ts';

const logo = markup`<svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke-linecap="round"><path d="M3 7.5h18" stroke="var(--accent)" stroke-width="2.5"/><path d="M3 15c2.25-2.2 4.5-2.2 6 0s3.75 2.2 6 0 4-1.8 6-.4" stroke="currentColor" stroke-width="2"/></svg>`;

export function htmlPage(page: {
  readonly title: string;
  readonly crumb: string;
  readonly main: Markup;
}): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${page.title}, Towpath</title>
<link rel="icon" href="data:,">
<style>
${styleSheet()}
</style>
</head>
<body>
<header class="header"><span class="wordmark">${logo}Towpath</span><span class="crumb">${page.crumb}</span></header>
<main class="main doc">
${page.main}
</main>
</body>
</html>
`.toString();
}
