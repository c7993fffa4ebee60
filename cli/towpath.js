#!/usr/bin/env node
/** The door of the command line: says so if Node is too old to read the TypeScript behind it, and opens it otherwise. */
import { setFlagsFromString } from 'node:v8';
import { explainOldNode } from './node-version.js';

const complaint = explainOldNode(process.versions.node);
if (complaint === null) {
  // Rows leave short-lived garbage only: a young generation that may not grow keeps a load's memory some 80 MB lower.
  setFlagsFromString('--semi-space-growth-factor=1');
  await import('./towpath.ts');
} else {
  console.error(complaint);
  process.exitCode = 1;
}
