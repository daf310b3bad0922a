/** Phrases as a reader types them, one a line or between commas, without repetitions. */
export function phrasesOf(text: string): string[] {
  const phrases = text.split(/[\n,;]/).map((phrase) => phrase.trim().replace(/\s+/g, ' '));
  const seen = new Set<string>();
  return phrases.filter((phrase) => {
    const key = phrase.toLowerCase();
    if (!phrase || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export const textOf = (phrases: readonly string[]): string => phrases.join(', ');
