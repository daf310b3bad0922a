import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lethal, unbearable } from './poisoned-inference';

const STEP = 80;
const LENGTH = 100;

/** Numbers of the stories that are poison; each is in one feed only. */
export const poison = { unbearable: [25, 130, 255, 333, 444], lethal: [401, 470] };

const tones = [
  { label: 'positive', text: 'a wonderful victory for' },
  { label: 'negative', text: 'a terrible disaster for' },
  { label: 'neutral', text: 'a meeting held on Monday in' },
] as const;
const toneOf = (number: number) => tones[(number % tones.length) as 0 | 1 | 2];

/** The tone of the story with this number. */
export const labelOf = (number: number): string => toneOf(number).label;

function titleOf(number: number): string {
  if (poison.unbearable.includes(number)) return `An ${unbearable.word} story with the number ${number}`;
  if (poison.lethal.includes(number)) return `A ${lethal.word} story with the number ${number}`;
  return `There was ${toneOf(number).text} the town of number ${number}`;
}

const itemOf = (number: number, date: string) =>
  `<item><title>${titleOf(number)}</title><link>https://stories.example/${number}</link><pubDate>${date}</pubDate></item>`;

/** Serves feeds of a hundred stories each; neighbouring feeds share twenty, so that six feeds have five hundred stories. */
export async function startStoryFeeds(count = 6) {
  const date = new Date().toUTCString();
  const server = createServer((request, response) => {
    const first = Number(/\d+$/.exec(request.url ?? '')?.[0] ?? 0) * STEP;
    const items = Array.from({ length: LENGTH }, (_, index) => itemOf(first + index, date)).join('');
    response
      .setHeader('content-type', 'application/rss+xml')
      .end(`<rss version="2.0"><channel><title>Stories</title><language>en</language>${items}</channel></rss>`);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    urls: Array.from({ length: count }, (_, index) => `http://127.0.0.1:${port}/feed/${index}`),
    stories: STEP * (count - 1) + LENGTH,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
