/** Domains that have a core. */
export const domains = ['ingestion', 'sentiment', 'reporting', 'alerting', 'access'] as const;
export type Domain = (typeof domains)[number];

/** A name in the forms used in files and code: `rename-source`, `RenameSource`, `renameSource`. */
export interface Name {
  readonly kebab: string;
  readonly pascal: string;
  readonly camel: string;
}

/** Parses "Rename source", "rename-source" or "RenameSource". Throws if it does not consist of words. */
export function nameOf(text: string): Name {
  const words = text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .trim()
    .toLowerCase()
    .split(/[\s-]+/);
  if (words.length > 6 || !words.every((word, index) => (index === 0 ? /^[a-z][a-z0-9]*$/ : /^[a-z0-9]+$/).test(word)))
    throw new Error(`"${text}" is no name: a name is one to six words of letters and digits, and begins with a letter.`);
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  const pascal = words.map(capital).join('');
  return { kebab: words.join('-'), pascal, camel: pascal.charAt(0).toLowerCase() + pascal.slice(1) };
}

/** The domain with this name. Throws if there is none. */
export function domainOf(text: string): Domain {
  const found = domains.find((domain) => domain === text);
  if (!found) throw new Error(`There is no domain "${text}"; there are ${domains.join(', ')}.`);
  return found;
}

/** A text with lines inserted after the last line that `marks` finds. Throws if it finds none. */
export function withLinesAfter(text: string, marks: (line: string) => boolean, added: readonly string[], file: string): string {
  const lines = text.split('\n');
  const at = lines.findLastIndex(marks);
  if (at < 0) throw new Error(`${file} has no place for "${added[0]}".`);
  return [...lines.slice(0, at + 1), ...added, ...lines.slice(at + 1)].join('\n');
}
