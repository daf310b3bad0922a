/** A short id made from a name: lower-case letters, digits and dashes, at most 60 characters. */
export function slugOf(name: string): string {
  return (
    name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/\p{M}/gu, '')
      .replace(/[^a-z\d]+/g, '-')
      .replace(/^-+/, '')
      .slice(0, 60)
      .replace(/-+$/, '') || 'source'
  );
}

/** Generates unique ids, each in constant time, however many sources have the same name. */
export class SourceIds {
  private readonly taken: Set<string>;
  /** By slug: the next number to try. */
  private readonly next = new Map<string, number>();

  constructor(taken: Iterable<string>) {
    this.taken = new Set(taken);
  }

  /** Makes an unused id from a name and reserves it. */
  take(name: string): string {
    const slug = slugOf(name);
    for (let number = this.next.get(slug) ?? 1; ; number += 1) {
      const id = number === 1 ? slug : `${slug}-${number}`;
      if (this.taken.has(id)) continue;
      this.taken.add(id);
      this.next.set(slug, number + 1);
      return id;
    }
  }
}
