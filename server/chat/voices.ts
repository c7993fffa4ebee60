/** Names as they stand over what was said. A rule-based answer never goes under a model's name. */
import type { Voice } from '../../desk/guide-at-hand.ts';

/** Of the guide that answers now: “Offline guide (no AI model)”, or the model's. */
export function shownVoice({ name }: Pick<Voice, 'name'>): string {
  return isOffline(name) ? `${name.charAt(0).toUpperCase()}${name.slice(1)}` : name;
}

/** By the name that the offline guide has wherever it speaks. */
export function isOffline(name: string): boolean {
  return /^offline guide\b/i.test(name);
}

export const program = 'Towpath';
