export const verdictOf = (_: unknown) => ({ sentence: '' });
