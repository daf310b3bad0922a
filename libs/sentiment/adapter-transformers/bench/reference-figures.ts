export interface ScoredHeadline {
  readonly publisher?: string;
  /** A day, as 2026-08-22. */
  readonly date?: string;
  /** -1...1. */
  readonly tone: number;
}

/** A publisher is listed from this many headlines on: then its mean has a standard error of 0.05. */
const LEAST_ROWS = 100;
/** A day is compared with others from this many headlines on. */
const LEAST_OF_DAY = 20;

/** Names of one publisher, and the hosts of its feeds. A name without an entry here is a publisher of its own. */
const PUBLISHERS: readonly { readonly name: string; readonly others?: readonly string[]; readonly hosts: readonly string[] }[] = [
  { name: 'The New York Times', hosts: ['nytimes.com'] },
  { name: 'Reuters', hosts: ['reuters.com'] },
  { name: 'AP News', hosts: ['apnews.com'] },
  { name: 'BBC', others: ['BBC News'], hosts: ['bbci.co.uk', 'bbc.co.uk', 'bbc.com'] },
  { name: 'CBS News', hosts: ['cbsnews.com'] },
  { name: 'Politico', hosts: ['politico.com'] },
  { name: 'The Guardian', hosts: ['theguardian.com'] },
  { name: 'CNBC', hosts: ['cnbc.com'] },
  { name: 'CNN', hosts: ['cnn.com'] },
  { name: 'The Washington Post', hosts: ['washingtonpost.com'] },
  { name: 'NPR', hosts: ['npr.org'] },
  { name: 'NBC News', hosts: ['nbcnews.com'] },
  { name: 'Axios', hosts: ['axios.com'] },
  { name: 'Bloomberg', others: ['Bloomberg.com'], hosts: ['bloomberg.com'] },
  { name: 'ABC News', others: ['abcnews.go.com'], hosts: ['abcnews.go.com', 'abcnews.com'] },
  { name: 'Al Jazeera', hosts: ['aljazeera.com'] },
  { name: 'The Verge', hosts: ['theverge.com'] },
  { name: 'Financial Times', hosts: ['ft.com'] },
  { name: 'The Wall Street Journal', others: ['WSJ'], hosts: ['wsj.com', 'feeds.a.dj.com'] },
  { name: 'TechCrunch', hosts: ['techcrunch.com'] },
  { name: 'Placera.se', hosts: ['placera.se'] },
  { name: 'Yahoo Finance', hosts: ['finance.yahoo.com'] },
  { name: 'PBS', hosts: ['pbs.org'] },
  { name: '9to5Google', hosts: ['9to5google.com'] },
  { name: 'Fortune', hosts: ['fortune.com'] },
  { name: 'The Times of Israel', hosts: ['timesofisrael.com'] },
  { name: '9to5Mac', hosts: ['9to5mac.com'] },
  { name: 'Engadget', hosts: ['engadget.com'] },
  { name: 'Business Insider', hosts: ['businessinsider.com'] },
  { name: 'Forbes', hosts: ['forbes.com'] },
  { name: 'Los Angeles Times', hosts: ['latimes.com'] },
  { name: "Investor's Business Daily", hosts: ['investors.com'] },
  { name: 'Politico Europe', others: ['politico.eu'], hosts: ['politico.eu'] },
  { name: 'Fox News', hosts: ['foxnews.com'] },
  { name: 'MacRumors', hosts: ['macrumors.com'] },
  { name: 'Ars Technica', hosts: ['arstechnica.com'] },
  { name: 'The Hill', hosts: ['thehill.com'] },
  { name: 'MarketWatch', hosts: ['marketwatch.com'] },
  { name: "Barron's", hosts: ['barrons.com'] },
  { name: 'Euronews', others: ['Euronews.com'], hosts: ['euronews.com'] },
  { name: 'USA Today', hosts: ['usatoday.com'] },
  { name: 'Android Authority', hosts: ['androidauthority.com'] },
  { name: 'Deutsche Welle', others: ['DW'], hosts: ['dw.com'] },
  { name: 'The Daily Beast', hosts: ['thedailybeast.com'] },
  { name: 'Deadline', hosts: ['deadline.com'] },
  { name: 'WIRED', hosts: ['wired.com'] },
  { name: 'The Jerusalem Post', hosts: ['jpost.com'] },
  { name: 'Wccftech', hosts: ['wccftech.com'] },
];
/** Values in the publisher field that name no publisher. */
const NO_NAMES = new Set(['Breaking News, Latest News and Videos', 'Yahoo']);

const sum = (values: readonly number[]): number => values.reduce((one, other) => one + other, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const rounded = (value: number): number => Math.round(value * 1e5) / 1e5;

/** The figures of the reference, by publisher and overall; the spread from day to day excludes chance, with publishers held fixed. */
export function referenceOf(headlines: readonly ScoredHeadline[]) {
  const byName = new Map(PUBLISHERS.flatMap((one) => [one.name, ...(one.others ?? [])].map((name) => [name, one] as const)));
  const nameOf = ({ publisher }: ScoredHeadline) => (publisher === undefined || NO_NAMES.has(publisher) ? '' : (byName.get(publisher)?.name ?? publisher));
  const tones = Map.groupBy(headlines, nameOf);
  tones.delete('');
  const publishers = [...tones]
    .filter(([, rows]) => rows.length >= LEAST_ROWS)
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([name, rows]) => ({ name, hosts: byName.get(name)?.hosts ?? [], rows: rows.length, mean: rounded(mean(rows.map(({ tone }) => tone))) }));
  const known = new Map(publishers.map((one) => [one.name, one]));
  const inside = headlines.filter((row) => known.has(nameOf(row)));
  const overall = mean(headlines.map(({ tone }) => tone));
  const left = (row: ScoredHeadline) => row.tone - (known.get(nameOf(row))?.mean ?? overall);
  const variance = sum(inside.map((row) => left(row) ** 2)) / (inside.length - publishers.length);
  const days = [
    ...Map.groupBy(
      headlines.filter(({ date }) => date !== undefined),
      ({ date = '' }) => date,
    ),
  ]
    .sort(([one], [other]) => one.localeCompare(other))
    .filter(([, rows]) => rows.length >= LEAST_OF_DAY)
    .map(([date, rows]) => ({ date, rows: rows.length, value: mean(rows.map(left)) }));
  return {
    dates: { from: days[0]?.date ?? '', to: days.at(-1)?.date ?? '' },
    days: days.length,
    overall: { mean: rounded(overall), variance: rounded(variance), rows: headlines.length },
    between: rounded(
      beyondChance(
        publishers.map(({ rows, mean: value }) => ({ rows, value })),
        variance,
      ),
    ),
    mood: moodOf(days, variance),
    publishers,
  };
}

/** The variance of the true values, each measured by so many rows: the mean square minus what chance adds. */
function beyondChance(groups: readonly { readonly rows: number; readonly value: number }[], variance: number): number {
  const centre = mean(groups.map(({ value }) => value));
  const squares = sum(groups.map(({ value }) => (value - centre) ** 2)) / (groups.length - 1);
  return Math.max(0, squares - mean(groups.map(({ rows }) => variance / rows)));
}

/** How much the mood differs from day to day, and how much of it the next day keeps: the covariance of neighbouring days is free of chance. */
function moodOf(days: readonly { readonly rows: number; readonly value: number }[], variance: number) {
  const own = beyondChance(days, variance);
  const centre = mean(days.map(({ value }) => value));
  const shared = mean(days.slice(1).map(({ value }, index) => (value - centre) * ((days[index]?.value ?? centre) - centre)));
  return { variance: rounded(own), keeps: own > 0 ? rounded(Math.min(0.95, Math.max(0, shared / own))) : 0 };
}
