/** The name a person probably meant: the one with the fewest edits, if few enough, else one that begins the same way. */
export function nearest(word: string, options: Iterable<string>): string | null {
  const list = [...options];
  let best: string | null = null;
  let fewest = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const option of list) {
    const edits = editDistance(word.toLowerCase(), option.toLowerCase(), fewest);
    if (edits < fewest) {
      fewest = edits;
      best = option;
    }
  }
  return best ?? list.find((option) => word.length > 2 && option.startsWith(word)) ?? null;
}

/** Damerau's distance with neighbours swapped as one edit; `limit` and more are not told apart. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let edits = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        edits = Math.min(edits, before[j - 2]! + 1);
      row.push(edits);
    }
    before = above;
    above = row;
  }
  return Math.min(limit, above[b.length]!);
}
