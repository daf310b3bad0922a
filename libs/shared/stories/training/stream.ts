import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { headlineOf, StoryIndex } from '../src';

interface Article {
  readonly text: string;
  readonly publisher: string;
  readonly date: string;
}

const DAY = 86_400_000;

/**
 * Puts dated headlines in order into stories and prints the largest of each day: `npm run stories:stream -- FILE
 * [days]`, JSON Lines of {text, publisher, date}. Also measures how much the order within an hour matters, and how many
 * articles a second are processed.
 */
export async function main(): Promise<void> {
  const [file, days = '10'] = process.argv.slice(3);
  if (!file) throw new Error('give a file of JSON Lines with "text", "publisher" and "date"');
  const articles = readArticles(file);
  const started = performance.now();
  const stories = storiesOf(articles);
  const seconds = (performance.now() - started) / 1000;
  printLargest(articles, stories, Number(days));
  const sizes = [...grouped(stories).values()].map((members) => members.length);
  print(
    `${articles.length} articles, ${sizes.length} stories, ${sizes.filter((size) => size > 1).length} of two or more, ${(articles.length / sizes.length).toFixed(2)} articles a story, largest ${Math.max(...sizes)}`,
  );
  print(`${Math.round(articles.length / seconds)} articles/s`);
  for (const shuffle of [1, 2, 3]) {
    const { kept, of } = agreement(stories, unshuffled(articles, shuffle));
    print(`another order within the hour (${shuffle}): ${kept} of ${of} pairs in one story stay so (${(kept / of).toFixed(3)})`);
  }
}

const print = (line: string) => void process.stdout.write(`${line}\n`);

/** Sorted by date; articles with only a day are spread over it, by the hash of their text. */
function readArticles(file: string): (Article & { at: number })[] {
  const seen = new Set<string>();
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Article)
    .filter(({ text, date, publisher }) => date && publisher && !seen.has(`${publisher} ${text}`) && seen.add(`${publisher} ${text}`))
    .map((article) => ({ ...article, at: Date.parse(article.date) + (article.date.length === 10 ? DAY * fraction(article.text) : 0) }))
    .sort((a, b) => a.at - b.at);
}

const fraction = (text: string): number => parseInt(createHash('sha256').update(text).digest('hex').slice(0, 8), 16) / 2 ** 32;

/** The story of each article, as the position of its first article. */
function storiesOf(articles: readonly { readonly text: string; readonly at: number }[]): number[] {
  const index = new StoryIndex();
  let cleared = 0;
  return articles.map(({ text, at }, place) => {
    const headline = headlineOf(text);
    const story = index.find(headline, at) ?? String(place);
    index.add(story, headline, at);
    if (at > cleared + 3_600_000) {
      index.forgetBefore(at);
      cleared = at;
    }
    return Number(story);
  });
}

/** Stories of the same articles in another order within each hour, returned in the original order. */
function unshuffled(articles: readonly (Article & { at: number })[], seed: number): number[] {
  const order = articles.map(({ text, at }, place) => ({ place, hour: Math.floor(at / 3_600_000), key: fraction(`${seed} ${text}`) }));
  order.sort((a, b) => a.hour - b.hour || a.key - b.key);
  const stories = storiesOf(order.map(({ place }) => articles[place]!));
  const back: number[] = [];
  order.forEach(({ place }, index) => void (back[place] = stories[index]!));
  return back;
}

function grouped(stories: readonly number[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  stories.forEach((story, place) => groups.set(story, [...(groups.get(story) ?? []), place]));
  return groups;
}

/** Of the pairs that one of two partitions puts into one story, how many both do. */
function agreement(one: readonly number[], two: readonly number[]): { kept: number; of: number } {
  const pairs = (stories: readonly number[]) =>
    new Set([...grouped(stories).values()].flatMap((members) => members.flatMap((a, place) => members.slice(place + 1).map((b) => `${a} ${b}`))));
  const [first, second] = [pairs(one), pairs(two)];
  const kept = [...first].filter((pair) => second.has(pair)).length;
  return { kept, of: first.size + second.size - kept };
}

/** The largest stories of the days with the largest ones, for inspection. */
function printLargest(articles: readonly (Article & { at: number })[], stories: readonly number[], days: number): void {
  const byDay = new Map<string, number[][]>();
  for (const members of grouped(stories).values()) {
    const day = new Date(articles[members[0]!]!.at).toISOString().slice(0, 10);
    byDay.set(day, [...(byDay.get(day) ?? []), members]);
  }
  const largest = [...byDay].map(([day, of]) => [day, of.sort((a, b) => b.length - a.length)[0]!] as const);
  for (const [day, members] of largest.sort(([, a], [, b]) => b.length - a.length).slice(0, days)) {
    print(`${day}: ${members.length} articles`);
    for (const place of members) print(`  ${articles[place]!.date.slice(5, 10)} ${articles[place]!.publisher}: ${articles[place]!.text}`);
  }
}
