import type { EvalCase } from '../eval-case.ts';
import { codeOfAPlan } from './code-of-a-plan.ts';
import { firstWords } from './first-words.ts';
import { mapAndDrift } from './map-and-drift.ts';
import { oldDatabase } from './old-database.ts';
import { planAndMapping } from './plan-and-mapping.ts';
import { planQuestions } from './plan-questions.ts';
import { plantedText } from './planted-text.ts';
import { stoppedAndOver } from './stopped-and-over.ts';

export const allCases: readonly EvalCase[] = [
  ...firstWords,
  ...oldDatabase,
  ...planQuestions,
  ...plantedText,
  ...planAndMapping,
  ...mapAndDrift,
  ...codeOfAPlan,
  ...stoppedAndOver,
];
