/**
 * What a suggested plan cannot decide, asked: the promise is that nothing is lost, and nothing that people would notice
 * is guessed, without a question. Alike things are one question, because nobody answers two hundred.
 */
import { askAboutClocks } from './clocks.ts';
import { askAboutCodes } from './codes.ts';
import { askAboutDuplicates } from './duplicates.ts';
import { askAboutForms } from './forms.ts';
import { askAboutGenericLinks } from './generic-links.ts';
import { askAboutKeyless } from './keyless-tables.ts';
import { askAboutTables } from './left-out-tables.ts';
import { askAboutLinks } from './links.ts';
import { askAboutPasswords } from './passwords.ts';
import type { Ask, SuggestedPlan } from './suggested-plan.ts';
import { askAboutTypes } from './types.ts';

export function askAboutPlan(plan: SuggestedPlan, ask: Ask): void {
  askAboutTables(plan, ask);
  askAboutPasswords(plan, ask);
  askAboutClocks(plan, ask);
  askAboutTypes(plan, ask);
  askAboutLinks(plan, ask);
  askAboutGenericLinks(plan, ask);
  askAboutKeyless(plan, ask);
  askAboutDuplicates(plan, ask);
  askAboutCodes(plan, ask);
  askAboutForms(plan, ask);
}
