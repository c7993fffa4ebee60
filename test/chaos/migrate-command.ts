/** The command that begins every move of the suite, and the speed its schedule drew. */
import type { Schedule } from './schedule.ts';

export const MIGRATE = 'migrate all --max-failure-rate 1 --yes --json';

export const speedOf = ({ batchSize, concurrency }: Schedule) =>
  `--batch-size ${batchSize} --max-concurrency ${concurrency}`;
