/** The icons of the design, drawn in the colour of the text beside them. An icon says nothing alone: a word is always near. */
import type { ReactNode } from 'react';

const drawings = {
  check: (
    <>
      <path d="M4.5 10.5l3.5 3.5 7.5-8" />
    </>
  ),
  done: (
    <>
      <circle cx="10" cy="10" r="7.25" />
      <path d="M6.8 10.2l2.3 2.3 4.2-4.6" />
    </>
  ),
  todo: (
    <>
      <circle cx="10" cy="10" r="7.25" />
    </>
  ),
  run: (
    <>
      <circle cx="10" cy="10" r="7.25" />
      <circle cx="10" cy="10" r="3" fill="currentColor" stroke="none" />
    </>
  ),
  flag: (
    <>
      <path d="M5 17.5V3M5 3.5h9.5l-2.5 3.75 2.5 3.75H5" />
    </>
  ),
  warn: (
    <>
      <path d="M10 3.2L17.6 16.5H2.4z" />
      <path d="M10 8.2v3.6M10 14.2v.1" />
    </>
  ),
  stop: (
    <>
      <path d="M6.9 2.75h6.2l4.15 4.15v6.2l-4.15 4.15H6.9L2.75 13.1V6.9z" />
      <path d="M7.5 7.5l5 5M12.5 7.5l-5 5" />
    </>
  ),
  undo: (
    <>
      <path d="M7 4L3.5 7.5 7 11" />
      <path d="M3.8 7.5h7.7a4.5 4.5 0 010 9H7" />
    </>
  ),
  lock: (
    <>
      <rect x="4" y="9" width="12" height="8" rx="1.2" />
      <path d="M6.5 9V6.5a3.5 3.5 0 017 0V9" />
    </>
  ),
  clock: (
    <>
      <circle cx="10" cy="10" r="7.25" />
      <path d="M10 5.8V10l2.8 1.8" />
    </>
  ),
  pause: (
    <>
      <path d="M7 4.5v11M13 4.5v11" />
    </>
  ),
  chev: (
    <>
      <path d="M7.5 4.5L13 10l-5.5 5.5" />
    </>
  ),
  down: (
    <>
      <path d="M4.5 7.5L10 13l5.5-5.5" />
    </>
  ),
  left: (
    <>
      <path d="M12.5 4.5L7 10l5.5 5.5" />
    </>
  ),
  right: (
    <>
      <path d="M4 10h12M11 5l5 5-5 5" />
    </>
  ),
  hidden: (
    <>
      <path d="M3 3l14 14M8.2 8.3a2.5 2.5 0 003.5 3.5M5.2 5.6C3.6 6.700 2.400 8.300 1.800 10c1.300 3.400 4.500 5.600 8.200 5.600 1.500 0 2.900-.4 4.100-1M8 4.600A8.800 8.800 0 0110 4.400c3.700 0 6.900 2.200 8.200 5.600-.4 1-1 2-1.700 2.800" />
    </>
  ),
  info: (
    <>
      <circle cx="10" cy="10" r="7.25" />
      <path d="M10 9.2v4.300M10 6.500v.1" />
    </>
  ),
  send: (
    <>
      <path d="M10 16V4.500M5 9.300l5-5 5 5" />
    </>
  ),
  user: (
    <>
      <circle cx="10" cy="7" r="3.25" />
      <path d="M3.800 17c.6-3.200 3.100-5 6.200-5s5.600 1.800 6.200 5" />
    </>
  ),
  chat: (
    <>
      <path d="M3 4.500h14v9.500H9l-4 3v-3H3z" />
    </>
  ),
  rows: (
    <>
      <path d="M3 5h14M3 10h14M3 15h8" />
      <path d="M14 13l3.500 3.500M17.500 13L14 16.500" />
    </>
  ),
  print: (
    <>
      <path d="M6 7V3h8v4M6 14H3.500V7.500h13V14H14" />
      <path d="M6 12h8v5H6z" />
    </>
  ),
  'down-file': (
    <>
      <path d="M10 3v9.500M6 9l4 4 4-4M3.500 16.500h13" />
    </>
  ),
  off: (
    <>
      <path d="M3 3l14 14M2.500 8.200A11 11 0 016 5.900M9 5.100c3-.3 6.100.7 8.500 3.100M5.300 11a7 7 0 012.700-1.600M12.500 9.700c.8.300 1.500.8 2.200 1.300M8.300 13.800a2.500 2.500 0 013.400 0M10 16.400v.1" />
    </>
  ),
  unknown: (
    <>
      <circle cx="10" cy="10" r="7.25" />
      <path d="M7.9 8.100a2.150 2.150 0 114 1.100c-.5.800-1.900 1-1.900 2.300M10 14v.1" />
    </>
  ),
  plus: (
    <>
      <path d="M10 4v12M4 10h12" />
    </>
  ),
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof drawings;

export function Icon({ name, small = false }: { readonly name: IconName; readonly small?: boolean }) {
  return (
    <svg className={small ? 'icon icon--s' : 'icon'} viewBox="0 0 20 20" aria-hidden="true">
      {drawings[name]}
    </svg>
  );
}
