/** The engine's door: what tools, workflows, the command line and the server may use of it. */
export * from './contract/approvals.ts';
export * from './contract/contract.ts';
export * from './contract/facts.ts';
export * from './contract/guide.ts';
export * from './contract/journey.ts';
export * from './contract/quarantine.ts';
export type { Clock } from './core/clock.ts';
export type { Config } from './core/config.ts';
export { helpFor, isAbort, MigrationError } from './core/errors.ts';
export type { Log } from './core/log.ts';
export { createOneAtATime } from './core/one-at-a-time.ts';
export { redact } from './core/redaction.ts';
export type { Secret } from './core/secret.ts';
export { tlsOptions } from './db/connect.ts';
export { type OpenedJourney, openJourney } from './journey/open-journey.ts';
export { rehearsalWords } from './journey/rehearsal-words.ts';
export { spanWords } from './report/words.ts';
export { type EngineRequest, openEngine } from './run/open-engine.ts';
