import { DAY, HOUR } from '@barometer/kernel';
import type { Headline, Term } from './headline';
import weights from './likeness-weights.json';

/** What speaks for and against two headlines telling one event. Shares lie in 0…1, flags are 0 or 1. */
export interface Evidence {
  /** What they share of the shorter one's words, by rarity. */
  readonly contained: number;
  /** The rarity of all that they share and both tell as the news itself, in units of 20. */
  readonly mainShared: number;
  /** The rarity of the second rarest thing that they share, in units of 10; an expression ("Black Friday") is one thing. */
  readonly second: number;
  /** They share names at most, nothing that happens. */
  readonly namesOnly: number;
  readonly sharedNumber: number;
  /** Days between them, from 0 (the first eight hours) to 3. */
  readonly days: number;
  /** One awaits what the other doesn't. */
  readonly oneAwaits: number;
  readonly oneExplains: number;
  readonly oneDenies: number;
  /** They begin with the same word: mostly, somebody does the same. */
  readonly sameStart: number;
}

export const EVIDENCE = Object.keys(weights.weights) as readonly (keyof Evidence)[];

/** Articles further apart than this are never of one story. */
export const STORY_WINDOW = 3 * DAY;

/** Below this share of what is shared, nothing else is looked at. */
const LEAST_CONTAINED = 0.12;
/** "Court blocks plan" stands in headlines of all events: unless nearly all is shared, one word of it must be rarer than one in 55 headlines. */
const LEAST_RARITY = 4;
const NEARLY_ALL = 0.8;

/** What two headlines, `milliseconds` apart, have in common; undefined where they cannot be of one event. */
export function evidenceOf(a: Headline, b: Headline, milliseconds: number): Evidence | undefined {
  if (Math.abs(milliseconds) > STORY_WINDOW) return undefined;
  const contained = containedIn(a, b);
  // Most of what is compared ends here, without a list having been made.
  if (contained < LEAST_CONTAINED) return undefined;
  const shared = sharedTerms(a, b);
  const rarest = shared[0]?.[0].rarity ?? 0;
  // One thing alone ("Black Friday") is no event.
  const second = secondRarest(shared, a, b);
  if (second === 0 || (rarest < LEAST_RARITY && contained < NEARLY_ALL) || otherVersion(a, b) || rolesReversed(shared)) return undefined;
  let main = 0;
  let acts = 0;
  for (const [term, other] of shared) {
    if (!term.aside && !other.aside) main += term.rarity;
    if (!isName([term, other])) acts += 1;
  }
  return {
    contained,
    mainShared: main / 20,
    second: second / 10,
    namesOnly: Number(acts === 0),
    sharedNumber: Number([...a.numbers].some((number) => b.numbers.has(number))),
    days: daysApart(milliseconds),
    oneAwaits: Number(a.manner.awaits !== b.manner.awaits),
    oneExplains: Number(a.manner.explains !== b.manner.explains),
    oneDenies: Number(a.manner.denies !== b.manner.denies),
    sameStart: Number(shared.some(([term, other]) => term.place === 0 && other.place === 0)),
  };
}

/**
 * How likely two headlines, `milliseconds` apart, tell one event, as the logarithm of the odds: 0 is the line between joined
 * and not; minus infinity where they cannot. The weights are those of a logistic regression (`npm run stories:fit`).
 */
export function likenessOf(a: Headline, b: Headline, milliseconds: number): number {
  const evidence = evidenceOf(a, b, milliseconds);
  if (!evidence) return -Infinity;
  let odds = weights.bias;
  for (const name of EVIDENCE) odds += weights.weights[name] * evidence[name];
  return odds;
}

/** What two headlines share of the shorter one's words, by rarity. */
function containedIn(a: Headline, b: Headline): number {
  const [less, more] = a.terms.size <= b.terms.size ? [a, b] : [b, a];
  let weight = 0;
  for (const [stem, { rarity }] of less.terms) if (more.terms.has(stem)) weight += rarity;
  return share(weight, Math.min(a.weight, b.weight));
}

/** The terms of both, the rarest first: [as it stands in a, as it stands in b]. */
function sharedTerms(a: Headline, b: Headline): [Term, Term][] {
  const [less, more] = a.terms.size <= b.terms.size ? [a, b] : [b, a];
  const shared: [Term, Term][] = [];
  for (const [stem, term] of less.terms) {
    const other = more.terms.get(stem);
    if (other) shared.push(less === a ? [term, other] : [other, term]);
  }
  return shared.sort(([one], [two]) => two.rarity - one.rarity || (one.stem < two.stem ? -1 : 1));
}

/** A capital letter tells a name that is not known yet in one headline, and may not in the other. */
const isName = ([term, other]: readonly [Term, Term]): boolean => term.isName || other.isName;

/** The rarity of the second thing that both have, where neighbours that always go together are one thing. */
function secondRarest(shared: readonly [Term, Term][], a: Headline, b: Headline): number {
  const rarest = shared[0]?.[0].stem;
  if (rarest === undefined) return 0;
  const same = new Set([rarest]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [{ stem }] of shared) {
      if (same.has(stem)) continue;
      const linked = [...same].some((known) => isExpression(known, stem, a, b) || isExpression(stem, known, a, b));
      if (linked) same.add(stem);
      grown ||= linked;
    }
  }
  return shared.find(([{ stem }]) => !same.has(stem))?.[0].rarity ?? 0;
}

const isExpression = (first: string, second: string, a: Headline, b: Headline): boolean =>
  a.expressions.get(first) === second && b.expressions.get(first) === second;

/** "iOS 26.1" and "iOS 26.2": the same word before numbers with a point that differ. */
function otherVersion(a: Headline, b: Headline): boolean {
  for (const [stem, version] of a.versions) {
    const other = b.versions.get(stem);
    if (other !== undefined && other !== version) return true;
  }
  return false;
}

/** "Israel strikes Iran" and "Iran strikes Israel": two names that changed sides of what is done, and nothing else is said. */
function rolesReversed(shared: readonly [Term, Term][]): boolean {
  const acts = shared.filter((both) => !isName(both));
  const names = shared.filter(isName);
  if (acts.length !== 1 || names.length !== 2) return false;
  const [act] = acts as [[Term, Term]];
  const [x, y] = names as [[Term, Term], [Term, Term]];
  const sides = ([inA, inB]: [Term, Term]) => [Math.sign(inA.place - act[0].place), Math.sign(inB.place - act[1].place)] as const;
  const [xa, xb] = sides(x);
  const [ya, yb] = sides(y);
  return xa === -xb && ya === -yb && xa === -ya;
}

/** The first eight hours count as none: feeds that give only a day are within them. */
function daysApart(milliseconds: number): number {
  const first = 8 * HOUR;
  return Math.min(3, Math.max(0, (Math.abs(milliseconds) - first) / (DAY - first)));
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
