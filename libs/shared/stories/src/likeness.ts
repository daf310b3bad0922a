import { DAY, HOUR } from '@barometer/kernel';
import type { Headline, Term } from './headline';
import weights from './likeness-weights.json';

/** Evidence for and against two headlines being about one event. Shares are in 0…1, flags are 0 or 1. */
export interface Evidence {
  /** The shared part of the shorter headline's words, weighted by rarity. */
  readonly contained: number;
  /** The total rarity of shared words that both use for the news itself, in units of 20. */
  readonly mainShared: number;
  /** The rarity of the second rarest shared word, in units of 10; an expression ("Black Friday") counts once. */
  readonly second: number;
  /** Whether they share at most names, and no action. */
  readonly namesOnly: number;
  readonly sharedNumber: number;
  /** Days between them, 0 for the first eight hours, at most 3. */
  readonly days: number;
  /** Whether exactly one of them announces something to come. */
  readonly oneAwaits: number;
  readonly oneExplains: number;
  readonly oneDenies: number;
  /** Whether they begin with the same word, which mostly is the same actor. */
  readonly sameStart: number;
}

export const EVIDENCE = Object.keys(weights.weights) as readonly (keyof Evidence)[];

/** Articles further apart than this never belong to one story. */
export const STORY_WINDOW = 3 * DAY;

/** Below this share, nothing else is compared. */
const LEAST_CONTAINED = 0.12;
/** "Court blocks plan" occurs in headlines of many events: unless nearly all words are shared, one shared word must be rarer than one in 55 headlines. */
const LEAST_RARITY = 4;
const NEARLY_ALL = 0.8;

/** What two headlines, `milliseconds` apart, have in common; `undefined` if they cannot be about one event. */
export function evidenceOf(a: Headline, b: Headline, milliseconds: number): Evidence | undefined {
  if (Math.abs(milliseconds) > STORY_WINDOW) return undefined;
  const contained = containedIn(a, b);
  // Most comparisons end here, before any list is made.
  if (contained < LEAST_CONTAINED) return undefined;
  const shared = sharedTerms(a, b);
  const rarest = shared[0]?.[0].rarity ?? 0;
  // One shared expression alone ("Black Friday") is not an event.
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
 * How likely two headlines, `milliseconds` apart, are about one event, as the logarithm of the odds: articles are joined
 * from 0 upwards; minus infinity if they cannot be. The weights come from a logistic regression (`npm run stories:fit`).
 */
export function likenessOf(a: Headline, b: Headline, milliseconds: number): number {
  const evidence = evidenceOf(a, b, milliseconds);
  if (!evidence) return -Infinity;
  let odds = weights.bias;
  for (const name of EVIDENCE) odds += weights.weights[name] * evidence[name];
  return odds;
}

/** The shared part of the shorter headline's words, weighted by rarity. */
function containedIn(a: Headline, b: Headline): number {
  const [less, more] = a.terms.size <= b.terms.size ? [a, b] : [b, a];
  let weight = 0;
  for (const [stem, { rarity }] of less.terms) if (more.terms.has(stem)) weight += rarity;
  return share(weight, Math.min(a.weight, b.weight));
}

/** The shared terms, rarest first: [the term in a, the term in b]. */
function sharedTerms(a: Headline, b: Headline): [Term, Term][] {
  const [less, more] = a.terms.size <= b.terms.size ? [a, b] : [b, a];
  const shared: [Term, Term][] = [];
  for (const [stem, term] of less.terms) {
    const other = more.terms.get(stem);
    if (other) shared.push(less === a ? [term, other] : [other, term]);
  }
  return shared.sort(([one], [two]) => two.rarity - one.rarity || (one.stem < two.stem ? -1 : 1));
}

/** An unknown name may be recognised by its capital letter in only one of the headlines. */
const isName = ([term, other]: readonly [Term, Term]): boolean => term.isName || other.isName;

/** The rarity of the second rarest shared term, where an expression counts as one. */
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

/** "iOS 26.1" and "iOS 26.2": the same word before different version numbers. */
function otherVersion(a: Headline, b: Headline): boolean {
  for (const [stem, version] of a.versions) {
    const other = b.versions.get(stem);
    if (other !== undefined && other !== version) return true;
  }
  return false;
}

/** "Israel strikes Iran" and "Iran strikes Israel": two names with reversed roles, and nothing else is shared. */
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

/** The first eight hours count as 0, so that feeds which give only a date are not penalised. */
function daysApart(milliseconds: number): number {
  const first = 8 * HOUR;
  return Math.min(3, Math.max(0, (Math.abs(milliseconds) - first) / (DAY - first)));
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
