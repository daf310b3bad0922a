import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const STEP = 80;
const LENGTH = 100;

/** What is poison to the model of the test, by the number of the story; each stands in one feed only. */
export const unbearable = [25, 130, 255, 333, 444];
export const lethal = [470];

function titleOf(number: number): string {
  if (unbearable.includes(number)) return `An unbearable story with the number ${number}`;
  if (lethal.includes(number)) return `A lethal story with the number ${number}`;
  const tone = ['a wonderful victory for', 'a terrible disaster for', 'another ordinary day in'][number % 3];
  return `There was ${tone} the town of number ${number}`;
}

const itemOf = (number: number, date: string) => `<item><title>${titleOf(number)}</title><link>https://stories.example/${number}</link><pubDate>${date}</pubDate></item>`;

/** Serves feeds of a hundred stories each, of which neighbours share twenty: six feeds tell five hundred stories. */
export async function startStoryFeeds(count = 6) {
  const date = new Date().toUTCString();
  const server = createServer((request, response) => {
    const first = Number(/\d+$/.exec(request.url ?? '')?.[0] ?? 0) * STEP;
    const items = Array.from({ length: LENGTH }, (_, index) => itemOf(first + index, date)).join('');
    response.setHeader('content-type', 'application/rss+xml').end(`<rss version="2.0"><channel><title>Stories</title><language>en</language>${items}</channel></rss>`);
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
