import { LEAST_BETWEEN_SOURCES, type ToneModel, type WindowSpread } from './tone-model';
import reference from './usual-reference.json';

/** The fields of a source by which its publisher is found. */
export interface SourceHome {
  readonly id: string;
  readonly name: string;
  /** The address of its feed. */
  readonly url: string;
}

/** The figures that ship with the product, as `npm run reference` writes them: tones of real headlines, scored by the model. */
export interface UsualReference {
  readonly provenance: {
    readonly file: string;
    readonly sha256: string;
    readonly rows: number;
    readonly from: string;
    readonly to: string;
    readonly madeOn: string;
  };
  /** The model that scored them; figures of another model are not comparable. */
  readonly model: { readonly id: string; readonly revision: string };
  /** Number of days with headlines. */
  readonly days: number;
  /** Tones are in -1...1; `variance` is that of single headlines around their publisher's mean. */
  readonly overall: { readonly mean: number; readonly variance: number; readonly rows: number };
  /** Variance between publishers beyond chance. */
  readonly between: number;
  /** Variance of the mood from day to day beyond chance, and how much of it carries over to the next day (0...1). */
  readonly mood: { readonly variance: number; readonly keeps: number };
  readonly publishers: readonly { readonly name: string; readonly hosts: readonly string[]; readonly rows: number; readonly mean: number }[];
}

export const usualReference: UsualReference = reference;

/** Copies of stories raise the variance of a mean by this factor: real headlines have at least 1.28 articles a story (ADR 0007). */
const DESIGN_EFFECT = 1.85;

/** Letters and digits of a name, without its article: "The Guardian" is "guardian". */
const nameKey = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^the\s+/, '')
    .replace(/[^\p{L}\p{N}]/gu, '');

/** The publisher of a source: by the host of its feed, which may have further labels in front, else by its name. */
export function publisherOf({ name, url }: Pick<SourceHome, 'name' | 'url'>, { publishers }: Pick<UsualReference, 'publishers'> = usualReference) {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return (
    publishers.find(({ hosts }) => hosts.some((one) => host === one || host.endsWith(`.${one}`))) ??
    publishers.find((one) => nameKey(one.name) === nameKey(name))
  );
}

/**
 * The expected tone of a scope without a history of its own: for a known publisher its mean, for any other the overall
 * mean, with a larger variance. The hour of the week is not considered.
 */
export function referenceModel(homes: readonly SourceHome[], data: UsualReference = usualReference): ToneModel {
  const between = Math.max(LEAST_BETWEEN_SOURCES, data.between);
  const byId = new Map(homes.map((home) => [home.id, publisherOf(home, data)]));
  const unknown = { value: 0, variance: between };
  return {
    basis: 'reference',
    days: data.days,
    articleVariance: data.overall.variance,
    mean: { value: data.overall.mean, variance: data.mood.variance / data.days },
    source: (id) => {
      const known = byId.get(id);
      if (!known) return unknown;
      const error = (DESIGN_EFFECT * data.overall.variance) / known.rows;
      return { value: ((known.mean - data.overall.mean) * between) / (between + error), variance: (between * error) / (between + error) };
    },
    hour: () => ({ value: 0, variance: 0 }),
    spread: (hours) => spreadOf(data, hours),
  };
}

/** Parts of a day are assumed to vary as whole days do, and longer windows as the mean of days that are correlated with the day before. */
function spreadOf({ mood: { variance, keeps }, days }: UsualReference, hours: number): WindowSpread {
  const count = Math.max(1, hours / 24);
  return { mood: variance * Math.min(1, (1 + keeps) / (1 - keeps) / count), designEffect: DESIGN_EFFECT, degrees: days - 1 };
}
