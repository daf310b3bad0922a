import { MINUTES, type Bill } from './bill';
import { priceOf, type PriceTable } from './evidence';
import { range, sum, times, type Range } from './range';

/** Another way to do the same, or a part of it; `usd` is absent if that way is not possible. */
export interface Alternative {
  readonly name: string;
  readonly usd?: Range;
  readonly remark: string;
}

const HOURS = MINUTES / 60;
/** Bytes of a headline and everything stored with it in the SQLite store, kept for 90 days: an estimate. */
const SQLITE_BYTES = range(1_500, 4_000);
const MONTHS_KEPT = 3;
/** Watts of a laptop with little else to do, and dollars per kWh for households. */
const [WATTS, KWH] = [range(5, 20), range(0.15, 0.45)];
const LAPTOP_GB = 300;
/** More articles than this in a month are too much for the small server's disk and memory: an estimate. */
const SMALL_SERVER = 20_000_000;
/** Comprehend counts units of 100 letters and at least three per text; a headline has fewer than 300 letters. */
const UNITS_A_TEXT = 3;

/** The cost of the bill's month elsewhere. */
export function alternativesTo({ load: { articles, region }, total, lines }: Bill, prices: PriceTable): Alternative[] {
  const price = (name: string) => priceOf(prices, name, region);
  const gigabytes = times(range(articles * MONTHS_KEPT), SQLITE_BYTES, range(1e-9));
  const fitsLaptop = gigabytes.high < LAPTOP_GB;
  const server = articles <= SMALL_SERVER ? 'server-small' : 'server-larger';
  const disk = times(sum([gigabytes, range(16)]), range(price('disk')));
  const scorer = sum(lines.filter(({ step, service }) => step === 'score' && service === 'Lambda').map(({ usd }) => usd));
  const comprehend = comprehendOf(articles, price);
  return [
    fitsLaptop
      ? { name: 'a laptop that runs anyway', usd: times(WATTS, KWH, range(HOURS / 1_000)), remark: 'electricity; off when it is closed' }
      : { name: 'a laptop that runs anyway', remark: `no: ${Math.round(gigabytes.low)} to ${Math.round(gigabytes.high)} GB to keep` },
    {
      name: 'one small server',
      usd: sum([range((price(server) + price('server-address')) * HOURS), disk]),
      remark: `${server === 'server-small' ? 't4g.small' : 'c7g.xlarge'} with SQLite; no standby, and it needs an administrator`,
    },
    {
      name: 'Amazon Comprehend in place of the model',
      usd: sum([{ low: total.low - scorer.low, high: total.high - scorer.high }, range(comprehend)]),
      remark: `Comprehend alone: $${Math.round(comprehend).toLocaleString('en')}; everything else as on AWS`,
    },
  ];
}

/** Dollars for this many headlines, with the price tiers of a month. */
export function comprehendOf(articles: number, price: (name: string) => number): number {
  const units = (articles * UNITS_A_TEXT) / 1e6;
  const tier = (from: number, to: number) => Math.max(0, Math.min(units, to) - from);
  return tier(0, 10) * price('comprehend-first') + tier(10, 50) * price('comprehend-second') + tier(50, Infinity) * price('comprehend-third');
}
