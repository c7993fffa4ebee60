/** What the actions of `towpath quarantine` are told, and how they choose cards by it. */
import type { CauseCard } from '../../engine/contract/quarantine.ts';
import { usageError } from '../usage-error.ts';

export interface QuarantineOptions {
  readonly cause?: string;
  readonly entity?: string;
  readonly run?: string;
  readonly limit?: number;
  readonly values?: boolean;
  readonly output?: string;
  readonly suggested?: boolean;
  readonly yes?: boolean;
  readonly as?: string;
  readonly validate?: boolean;
  readonly format?: 'jsonl' | 'csv';
  readonly all?: boolean;
  readonly forSpreadsheet?: boolean;
}

export function chosenRun({ run, entity }: QuarantineOptions): { runId?: string; entity?: string } {
  return { ...(run === undefined ? {} : { runId: run }), ...(entity === undefined ? {} : { entity }) };
}

/** The cards that ids and options name; every one where they name none. */
export function chooseCards(
  cards: readonly CauseCard[],
  { cause, entity }: QuarantineOptions,
  ids: readonly string[],
): CauseCard[] {
  const unknown = ids.find((id) => !cards.some((card) => card.id.startsWith(id)));
  if (unknown !== undefined)
    throw usageError(
      `There is no card ${unknown.slice(0, 40)} of rows that are set aside.`,
      'The cards are shown by: towpath quarantine list',
    );
  return cards.filter(
    (card) =>
      (ids.length === 0 || ids.some((id) => card.id.startsWith(id))) &&
      (entity === undefined || card.entity === entity) &&
      (cause === undefined || [card.reason, card.sqlstate, card.id].includes(cause)),
  );
}

/** Whether the options narrow at all: an empty list of cards means every one. */
export function isNarrowed({ cause, entity }: QuarantineOptions, ids: readonly string[]): boolean {
  return ids.length > 0 || cause !== undefined || entity !== undefined;
}
