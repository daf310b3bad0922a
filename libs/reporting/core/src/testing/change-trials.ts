import { changeOf } from '../domain/change';
import { hoursBetween, simulateNews, type SimulatedNews } from './simulated-news';
import { copiesOf } from './usual-trials';

const SATURDAY = (24 * 7 * 2_900) / 24 + 2;

export interface ChangeCase {
  readonly name: string;
  readonly copies?: number;
  /** Articles of a story that is repeated. */
  readonly size?: number;
  /** The share of its articles that the more positive source still has on the second day. */
  readonly brighterKeeps?: number;
  readonly shift?: number;
}

/** Cases in which nothing changes between the two days. */
export const unchanged: readonly ChangeCase[] = [
  { name: 'every story told once' },
  { name: '1.28 articles a story', copies: 1.28 },
  { name: '1.87 articles a story', copies: 1.87, size: 6 },
  { name: 'a brighter source rests', brighterKeeps: 0.5 },
];

/** Two days of news, a Friday and a Saturday. */
export function pair({ copies = 1, size = 4, brighterKeeps = 1, shift = 0 }: ChangeCase, seed: number): SimulatedNews {
  const firstHour = (SATURDAY - 1) * 24;
  const sources = Array.from({ length: 10 }, (_, index) => ({
    id: `s${index}`,
    perDay: index === 0 ? 120 : 45,
    bias: index === 0 ? 0.5 : (index - 5) * 0.03,
    activity: (day: number) => (index === 0 && day >= SATURDAY ? brighterKeeps : 1),
  }));
  return { seed, sources, firstHour, hours: 48, copies: copiesOf(copies, size), mood: (hour) => (hour >= firstHour + 24 ? shift : 0) };
}

/** The share of pairs of days for which a change is claimed. */
export function shareOfChanges(one: ChangeCase, pairs: number, seed = 1): number {
  let claimed = 0;
  for (let index = 0; index < pairs; index += 1) {
    const news = pair(one, seed + index * 13);
    const rows = simulateNews(news);
    const [first, middle, end] = [news.firstHour, news.firstHour + 24, news.firstHour + 48];
    const side = (from: number, to: number) => ({ first: from, end: to, rows: hoursBetween(rows, from, to) });
    if (changeOf(side(first, middle), side(middle, end), { previousObserved: true }).kind === 'change') claimed += 1;
  }
  return claimed / pairs;
}
