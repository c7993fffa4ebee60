/** Reads the values of options; what does not fit is wrong usage, told with the option's name by commander. */
import { InvalidArgumentError } from 'commander';

export function list(text: string): readonly string[] {
  const words = text.split(',').map((word) => word.trim());
  if (words.some((word) => word === '')) throw new InvalidArgumentError('Give names separated by commas.');
  return words;
}

/** Names of columns; one with a type behind a colon may hold commas: `total:numeric(12,2)`. */
export function columnList(text: string): readonly string[] {
  const words = text.split(/,(?![^()]*\))/).map((word) => word.trim());
  if (words.every((word) => /^[^:]+(:.+)?$/.test(word))) return words;
  throw new InvalidArgumentError('Give names separated by commas, new ones with their type: a,b:text.');
}

export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
  };
}

export function decimalNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d*\.?\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Give a number from ${min} to ${max}.`);
  };
}

/** `0.02` or `2%`. */
export function share(text: string): number {
  const value = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (/^\d*\.?\d+ ?%?$/.test(text) && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('Give a share such as 0.02 or 2%.');
}

export function oneOf<const T extends string>(...words: readonly T[]): (text: string) => T {
  return (text) => {
    const found = words.find((word) => word === text);
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`Give one of ${words.join(', ')}.`);
  };
}
