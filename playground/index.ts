export { mastra } from './instance.ts';
