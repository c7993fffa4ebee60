/** The few marks of the report. Never alone: a word always stands beside them. */
import { type Markup, markup } from './markup.ts';

const paths = {
  check: markup`<path d="M4.5 10.5l3.5 3.5 7.5-8"/>`,
  done: markup`<circle cx="10" cy="10" r="7.25"/><path d="M6.8 10.2l2.3 2.3 4.2-4.6"/>`,
  warn: markup`<path d="M10 3l7.5 13.5h-15z"/><path d="M10 8v4M10 14.2v.1"/>`,
  stop: markup`<path d="M7 2.8h6L17.2 7v6L13 17.2H7L2.8 13V7z"/><path d="M10 6.5v4.5M10 13.6v.1"/>`,
  ask: markup`<circle cx="10" cy="10" r="7.25"/><path d="M7.9 8a2.1 2.1 0 1 1 3 2c-.6.3-.9.7-.9 1.3M10 13.8v.1"/>`,
  chev: markup`<path d="M7.5 5l5 5-5 5"/>`,
} as const;

export function icon(name: keyof typeof paths): Markup {
  return markup`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${paths[name]}</svg>`;
}
