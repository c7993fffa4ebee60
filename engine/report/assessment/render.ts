/** The assessment in the format asked for. Markdown and HTML hold the same statements; JSON holds all of it, uncut. */
import { icon } from '../html/icons.ts';
import { type Markup, markup } from '../html/markup.ts';
import { htmlPage } from '../html/page.ts';
import { section } from '../html/sections.ts';
import { markdownTable, text } from '../markdown-text.ts';
import { formatMoment } from '../words.ts';
import type { Assessment } from './assessment.ts';
import { type AssessmentDocument, documentOf } from './document.ts';
import type { Block } from './found-sections.ts';

export type AssessmentFormat = 'html' | 'md' | 'json';

export function renderAssessment(assessment: Assessment, format: AssessmentFormat): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(assessment, null, 2)}\n`;
    case 'md':
      return toMarkdown(assessment, documentOf(assessment));
    case 'html':
      return toHtml(assessment, documentOf(assessment));
  }
}

function toMarkdown(assessment: Assessment, { title, sentence, sections }: AssessmentDocument): string {
  const blocks = [
    `# ${text(title)}`,
    `**${text(sentence)}**`,
    ...sections.flatMap((part) => [`## ${text(part.title)}`, ...part.blocks.map(markdownBlock)]),
    text(closing(assessment)),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function markdownBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
      return text(block.text);
    case 'list':
      return block.items.map((item) => `- ${text(item)}`).join('\n');
    case 'table':
      return markdownTable(
        block.head,
        block.rows.map((row) => row.map(text)),
        block.figures,
      );
  }
}

const TONE_ICONS = { pass: 'done', warn: 'warn', fail: 'stop' } as const;
const TONE_WORDS = { pass: 'Easy', warn: 'Moderate', fail: 'Hard' } as const;

function toHtml(assessment: Assessment, { title, sentence, tone, sections }: AssessmentDocument): string {
  const main = markup`<header>
<p class="label">${title}. Looked at ${formatMoment(assessment.takenAt)}</p>
<h1 class="verdict">${sentence}</h1>
<p class="tone tone--${tone}">${icon(TONE_ICONS[tone])}${TONE_WORDS[tone]}</p>
</header>
${sections.map((part) => section(part.title, part.blocks.map(htmlBlock)))}
<p class="muted">${closing(assessment)}</p>`;
  return htmlPage({ title, crumb: assessment.database, main });
}

function htmlBlock(block: Block): Markup {
  switch (block.kind) {
    case 'text':
      return markup`<p class="after">${block.text}</p>`;
    case 'list':
      return markup`<ul class="ticks">${block.items.map((item) => markup`<li>${item}</li>`)}</ul>`;
    case 'table': {
      const cell = (i: number) => (block.figures.includes(i) ? markup` class="num"` : '');
      return markup`<div class="scroll-x"><table class="table${block.head.length > 2 ? ' many' : ''}"><thead><tr>${block.head.map((word, i) => markup`<th${cell(i)}>${word}</th>`)}</tr></thead>
<tbody>${block.rows.map((row) => markup`<tr>${row.map((value, i) => markup`<td${cell(i)}>${value}</td>`)}</tr>`)}</tbody></table></div>`;
    }
  }
}

function closing({ serverVersion, fingerprint }: Assessment): string {
  return `PostgreSQL ${serverVersion}, structure ${fingerprint.slice(0, 12)}. Nothing was written to the old database. Values of rows were looked at in a bounded sample and are not part of this report.`;
}
