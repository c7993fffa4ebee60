#!/usr/bin/env node
/** The door of the command line: says so if Node is too old to read the TypeScript behind it, and opens it otherwise. */
import { explainOldNode } from './node-version.js';

const complaint = explainOldNode(process.versions.node);
if (complaint === null) {
  await import('./towpath.ts');
} else {
  console.error(complaint);
  process.exitCode = 1;
}
