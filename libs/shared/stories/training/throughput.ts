import { readFileSync } from 'node:fs';
import { headlineOf, StoryIndex } from '../src';

const WINDOW = 3 * 86_400_000;

/**
 * How many articles a second are put into stories with 1,000, 10,000 and 100,000 articles in the window: `npm run
 * bench:stories -- FILE`, JSON Lines of {text}. Uses real headlines, spaced in time as each window requires.
 */
export async function main(): Promise<void> {
  const file = process.argv[3];
  if (!file) throw new Error('give a file of JSON Lines with "text"');
  const texts = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { text: string }).text);
  process.stdout.write('| articles in the window | articles/s | ms for the slowest in 1,000 | stories |\n|---|---|---|---|\n');
  for (const window of [1_000, 10_000, 100_000]) process.stdout.write(`${measure(texts, window)}\n`);
}

/** Fills a window, then times the next articles. When headlines are reused, stories are found. */
function measure(texts: readonly string[], window: number): string {
  const index = new StoryIndex();
  const step = WINDOW / window;
  const put = (place: number) => {
    // A reused headline gets one more word.
    const text = texts[place % texts.length]!;
    const headline = headlineOf(place < texts.length ? text : `${text} Quorix${place % 977}`);
    const at = place * step;
    index.add(index.find(headline, at) ?? String(place), headline, at);
  };
  for (let place = 0; place < window; place++) put(place);
  const timed = 5_000;
  const times: number[] = [];
  const started = performance.now();
  for (let place = window; place < window + timed; place++) {
    const before = performance.now();
    put(place);
    times.push(performance.now() - before);
  }
  const seconds = (performance.now() - started) / 1000;
  const slow = times.sort((a, b) => a - b)[Math.floor(0.999 * timed)]!;
  return `| ${window.toLocaleString('en')} | ${Math.round(timed / seconds).toLocaleString('en')} | ${slow.toFixed(1)} | ${index.size.toLocaleString('en')} |`;
}
