import type {
  Article,
  Breakdown,
  Counts,
  Driver,
  Drivers,
  Mood,
  NoUsual,
  Stories,
  Story,
  StoryDetail,
  Timeline,
  Topic,
  UsualRange,
} from '@barometer/http-api/contract';
import { toneWord } from '../format/tone';
import { usualWordOf } from '../format/usual';
import { articleId, HOUR, iso, MODEL } from './mock-data';
import { seeded } from './seeded';

export interface Asked {
  readonly from: number;
  readonly to: number;
  readonly now: number;
  /** Hours before this time were not observed. */
  readonly observedFrom: number;
  /** Nothing is kept from before. */
  readonly keptFrom: number;
  readonly sample: boolean;
  readonly history: boolean;
  /** Where usual ranges come from; if absent, there are none, for this reason. */
  readonly usual?: 'own' | 'reference' | undefined;
  readonly noUsual: NoUsual;
}

interface Hour {
  readonly counts: Counts;
  readonly tone: number;
}

/** Counts and tone of an hour: a slow wave with noise, always the same for the same hour. */
function hourAt(at: number, share = 1): Hour {
  const random = seeded(Math.floor(at / HOUR));
  const wave = Math.sin(at / HOUR / 5) * 0.22 - 0.11;
  const volume = Math.max(1, Math.round((38 + 22 * Math.sin((at / HOUR - 9) / 3.8) + random() * 14) * share));
  const positive = Math.round(volume * (0.24 + wave * 0.45 + random() * 0.05));
  const negative = Math.min(volume - positive, Math.round(volume * (0.38 - wave * 0.45 + random() * 0.05)));
  return { counts: { negative, neutral: volume - positive - negative, positive }, tone: wave + (random() - 0.5) * 0.12 };
}

const volumeOf = ({ negative, neutral, positive }: Counts) => negative + neutral + positive;

function total(from: number, to: number, watched: (at: number) => boolean, share = 1) {
  const counts = { negative: 0, neutral: 0, positive: 0 };
  let toneSum = 0;
  for (let at = from; at < to; at += HOUR) {
    if (!watched(at)) continue;
    const hour = hourAt(at, share);
    counts.negative += hour.counts.negative;
    counts.neutral += hour.counts.neutral;
    counts.positive += hour.counts.positive;
    toneSum += hour.tone * volumeOf(hour.counts);
  }
  const volume = volumeOf(counts);
  return { counts, volume, tone: volume ? Math.round((toneSum / volume) * 1e6) / 1e6 : null };
}

const sharesOf = (counts: Counts, volume: number) =>
  volume ? { negative: counts.negative / volume, neutral: counts.neutral / volume, positive: counts.positive / volume } : null;
/** Three hours of the previous night are a gap as well: the laptop slept. */
const watchedIn =
  ({ observedFrom, now }: Asked) =>
  (at: number) =>
    at >= observedFrom && at < now && Math.abs(at - (now - 15 * HOUR)) > 1.5 * HOUR;

/** Usual tones swing a little with the hour of the day. */
function usualRangeAt(at: number, reach: number): UsualRange {
  const mean = -0.12 + 0.03 * Math.sin(at / HOUR / 4);
  return { low: mean - reach, high: mean + reach, mean };
}

const basisOf = ({ usual, noUsual }: Asked, is: boolean): Pick<Timeline, 'usual' | 'noUsual'> =>
  is && usual ? { usual: { basis: usual, days: usual === 'own' ? 28 : 395 } } : { usual: null, noUsual: usual ? 'nothing-scored' : noUsual };

function usualFields(asked: Asked, tone: number | null): Pick<Mood, 'usual' | 'noUsual'> {
  const { usual: basis } = basisOf(asked, tone !== null);
  if (!basis || tone === null) return { usual: null, noUsual: tone === null ? 'nothing-scored' : asked.noUsual };
  const range = usualRangeAt(asked.from, basis.basis === 'own' ? 0.06 : 0.16);
  const standardScore = (tone - range.mean) / ((range.high - range.low) / 4);
  return { usual: { ...range, percentile: 100 / (1 + Math.exp(-1.7 * standardScore)), standardScore, ...basis, word: usualWordOf(tone, range) } };
}

/** The last of the topics has too few articles; the reference knows none. */
const rowUsual = (asked: Asked, tone: number | null, isLast: boolean): Pick<Mood, 'usual' | 'noUsual'> =>
  isLast && tone !== null
    ? { usual: null, noUsual: 'too-few-articles' }
    : usualFields(asked.usual === 'reference' ? { ...asked, usual: undefined } : asked, tone);

const keptSinceOf = ({ from, keptFrom }: Asked): Pick<Mood, 'keptSince'> => (from < keptFrom ? { keptSince: iso(keptFrom) } : {});

/** `isRare`: of the last of the topics, which has too few articles. */
export function moodOf(asked: Asked, isRare = false): Mood {
  const { from, to, history, sample } = asked;
  const { counts, volume, tone } = total(from, to, watchedIn(asked));
  const change =
    history && tone !== null ? ({ kind: 'change', delta: -0.05, previousTone: Math.min(1, tone + 0.05) } as const) : ({ kind: 'not-enough-history' } as const);
  const hours = Math.round((to - from) / HOUR);
  const observed = Array.from({ length: hours }, (_, index) => from + index * HOUR).filter(watchedIn(asked)).length;
  return {
    period: { from: iso(from), to: iso(to) },
    ...keptSinceOf(asked),
    volume,
    counts,
    shares: sharesOf(counts, volume),
    tone,
    ...(tone !== null && { word: toneWord(tone) }),
    standardError: volume ? 0.012 : null,
    change,
    ...(isRare ? rowUsual(asked, tone, true) : usualFields(asked, tone)),
    observedHours: observed,
    hours,
    sample,
  };
}

/** `shift` is the distance between these tones and those of all articles. */
export function timelineOf(asked: Asked, bucket: 'hour' | 'day', tz: string, shift = 0): Timeline {
  const step = bucket === 'hour' ? HOUR : 24 * HOUR;
  const watched = watchedIn(asked);
  const buckets = Array.from({ length: Math.ceil((asked.to - asked.from) / step) }, (_, index) => {
    const from = asked.from + index * step;
    const to = Math.min(asked.to, from + step);
    const { counts, volume, tone } = total(from, to, watched);
    const usual = volume > 0 && asked.usual ? usualRangeAt(from, bucket === 'hour' ? 0.2 : 0.1) : null;
    return {
      from: iso(from),
      to: iso(to),
      observed: volume > 0,
      imported: false,
      volume,
      counts,
      tone: tone === null ? null : tone + shift,
      standardError: volume ? 0.03 : null,
      usual: usual && { low: usual.low + shift, high: usual.high + shift, mean: usual.mean + shift },
    };
  });
  const at = asked.to - 6 * HOUR;
  const modelChanges = asked.history && at > asked.from ? [{ at: iso(at), model: MODEL }] : [];
  return {
    period: { from: iso(asked.from), to: iso(asked.to) },
    ...keptSinceOf(asked),
    bucket,
    tz,
    ...basisOf(
      asked,
      buckets.some(({ usual }) => usual),
    ),
    buckets,
    modelChanges,
    sample: asked.sample,
  };
}

/** The newest articles, each as its own story; some lowered the mood and some raised it. */
export function driversOf(asked: Asked, articles: readonly Article[], against: Drivers['against'] = 'before'): Drivers {
  const { tone } = total(asked.from, asked.to, watchedIn(asked));
  const compared = asked.history && tone !== null;
  const driver = ({ id, title, sentiment }: Article, effect: number): Driver => ({
    id,
    name: title,
    articleId: id,
    headline: title,
    effect,
    toneEffect: 0,
    mixEffect: effect,
    articles: 3,
    tone: sentiment?.tone ?? 0,
    previousArticles: against === 'usual' ? null : 0,
    previousTone: null,
  });
  const [first, second, third] = articles.filter(({ state }) => state === 'scored');
  return {
    period: { from: iso(asked.from), to: iso(asked.to) },
    comparison: { from: iso(2 * asked.from - asked.to), to: iso(asked.from) },
    by: 'story',
    against,
    ...(against === 'usual' && compared && { basis: 'own' }),
    ...(!compared && (against === 'usual' ? { noUsual: asked.noUsual } : { noPrevious: tone === null ? 'nothing-scored' : 'nothing-before' })),
    tone,
    previousTone: compared ? Math.min(1, tone + 0.05) : null,
    difference: compared ? -0.05 : null,
    rest: compared ? -0.02 : null,
    lowered: compared ? [first, second].flatMap((article, place) => (article ? [driver(article, -0.04 + place / 100)] : [])) : [],
    lifted: compared && third ? [driver(third, 0.04)] : [],
    withoutUsual: [],
    searched: 'all',
    sample: asked.sample,
  };
}

/** Every second topic lowered the mood, the others raised it; the last one did nothing. */
export function topicDriversOf(asked: Asked, topics: readonly Topic[], articles: readonly Article[], against: Drivers['against'] = 'before'): Drivers {
  const found = driversOf(asked, articles, against);
  const scored = articles.filter(({ state }) => state === 'scored');
  if (found.difference === null || scored.length === 0) return { ...found, by: 'topic' };
  const drivers = topics.slice(0, -1).map(({ id, name }, place): Driver => {
    const article = scored[place % scored.length];
    const effect = (place % 2 ? 1 : -1) * (0.03 - place / 500);
    return {
      id,
      name,
      ...(article && { articleId: article.id, headline: article.title }),
      effect,
      toneEffect: effect,
      mixEffect: 0,
      articles: 9,
      tone: -0.2,
      previousArticles: against === 'usual' ? null : 8,
      previousTone: -0.1,
    };
  });
  const last = topics.at(-1);
  return {
    ...found,
    by: 'topic',
    ...(last && against === 'usual' && { withoutUsual: [{ id: last.id, name: last.name, articles: 3, tone: -0.2, noUsual: 'too-few-articles' }] }),
    lowered: drivers.filter(({ effect }) => effect < 0),
    lifted: drivers.filter(({ effect }) => effect > 0),
  };
}

/** Stories of three to five publishers, with tones from negative to positive. */
export function storiesOf(asked: Asked, articles: readonly Article[], limit: number): Stories {
  const random = seeded(7);
  const scored = articles.filter(({ state, publishedAt }) => state === 'scored' && Date.parse(publishedAt) >= asked.from);
  const stories = asked.history
    ? scored.slice(0, Math.min(4, limit)).map((article, place): Story => {
        const voices = ['The Wire', 'Morning Post', 'Evening Star', 'Daily Herald', 'Coast Radio']
          .slice(0, 5 - (place % 3))
          .map((name, index) => ({ name, sourceId: `voice-${index}`, articles: 1 + (index % 2), tone: Math.round((random() * 1.2 - 0.9) * 100) / 100 }))
          .sort((one, other) => one.tone - other.tone);
        const told = voices.reduce((sum, voice) => sum + voice.articles, 0);
        const tone = voices.reduce((sum, voice) => sum + voice.tone * voice.articles, 0) / told;
        return {
          id: article.id,
          title: article.title,
          articleId: article.id,
          articles: told,
          publishers: voices.length,
          firstAt: article.publishedAt,
          lastAt: article.publishedAt,
          tone,
          voices,
          weight: tone / 100,
        };
      })
    : [];
  return {
    period: { from: iso(asked.from), to: iso(asked.to) },
    ...keptSinceOf(asked),
    stories: stories.sort((one, other) => other.articles - one.articles),
    articles: scored.length,
    searched: 'all',
    sample: asked.sample,
  };
}

/** A story with as many of the newest articles as it counts, the first one among them. */
export function storyOf(asked: Asked, articles: readonly Article[], id: string): StoryDetail | undefined {
  const known = storiesOf(asked, articles, 4).stories.find((story) => story.id === id);
  if (!known) return undefined;
  const { weight: _weight, ...story } = known;
  const publishers = story.voices.flatMap(({ name, articles: count }) => Array.from({ length: count }, () => name));
  const members = articles.filter(({ state, id: other }) => state === 'scored' && other !== id).slice(0, story.articles - 1);
  const first = articles.filter((article) => article.id === id);
  return { ...story, members: [...first, ...members].map((article, place) => ({ ...article, publisher: publishers[place] ?? '' })), sample: asked.sample };
}

export function breakdownOf(
  asked: Asked,
  topics: readonly Pick<Topic, 'id' | 'name'>[],
  by: Breakdown['by'] = 'topic',
  against: Breakdown['against'] = 'before',
): Breakdown {
  const rows = topics.map((topic, index) => {
    const shift = (index + 1) * 3 * HOUR;
    const { counts, volume, tone } = total(asked.from - shift, asked.to - shift, (at) => watchedIn(asked)(at + shift), 0.3 / (index + 1));
    const part = (asked.to - asked.from) / 24;
    const sparkline = Array.from({ length: 24 }, (_, place) => {
      const at = asked.from + place * part;
      return watchedIn(asked)(at) ? Math.round(hourAt(at - shift).tone * 1e6) / 1e6 : null;
    });
    const topArticle = {
      id: articleId(index * 13 + 1),
      title: `${topic.name} moved: ministers agree on a deal that ends a long dispute between the provinces`,
      url: 'https://news.example/top',
      publishedAt: iso(asked.now - 2 * HOUR),
      tone: index % 2 ? 0.81 : -0.77,
    };
    const change = asked.history && index === 0 ? ({ kind: 'change', delta: 0.14, previousTone: -0.2 } as const) : ({ kind: 'not-enough-history' } as const);
    return {
      id: topic.id,
      name: topic.name,
      volume,
      counts,
      shares: sharesOf(counts, volume),
      tone,
      ...(tone !== null && { word: toneWord(tone) }),
      change,
      ...(against === 'usual' && rowUsual(asked, tone, index === topics.length - 1)),
      ready: true,
      sparkline: volume ? sparkline : [],
      ...(volume && { topArticle }),
    };
  });
  return { period: { from: iso(asked.from), to: iso(asked.to) }, by, against, rows: rows.sort((a, b) => b.volume - a.volume), left: 0, sample: asked.sample };
}
