/**
 * The instance that `mastra dev` serves. The Mastra CLI packs this folder into a bundle of its own; everything else is
 * imported from where it lies, so that files next to the code (the agents' instructions) and programs started from it
 * are found as they are everywhere else.
 */
import { pathToFileURL } from 'node:url';
import type * as Playground from './open.ts';

const code = process.env.TOWPATH_PLAYGROUND_CODE;
if (code === undefined) throw new Error('Start the playground with: npm run dev');

const { openPlayground }: typeof Playground = await import(pathToFileURL(code).href);

export const { mastra } = await openPlayground(process.env);
