/** The engine's door: what tools, workflows, the command line and the server may use of it. */
export * from './contract/approvals.ts';
export * from './contract/contract.ts';
export * from './contract/facts.ts';
export * from './contract/guide.ts';
export * from './contract/journey.ts';
export { MigrationError } from './core/errors.ts';
export type { Log } from './core/log.ts';
export { type OpenedJourney, openJourney } from './journey/open-journey.ts';
export { type EngineRequest, openEngine } from './run/open-engine.ts';
