/** Phrases as a reader types them, one per line or separated by commas, without duplicates. */
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
