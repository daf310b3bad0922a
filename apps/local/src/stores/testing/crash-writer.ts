import { writeSync } from 'node:fs';
import { SqliteArticleStore } from '@barometer/ingestion-sqlite';
import { SqliteScoreStore } from '@barometer/sentiment-sqlite';
import { openDatabase } from '@barometer/storage-sqlite';
import { articleNamed, idOf, NOW } from '@barometer/ingestion/testing';
import { HOUR } from '@barometer/kernel';
import { sentimentWith } from '@barometer/events/testing';

/**
 * The child of the crash test: stores and scores endlessly, and prints what was acknowledged on standard output, one
 * JSON line each. The test bundles it and kills it at random moments.
 */
const [, , path = '', round = ''] = process.argv;
const db = openDatabase(path);
const articles = new SqliteArticleStore(db);
const scores = new SqliteScoreStore(db);
const say = (what: { added?: readonly string[]; scored?: readonly string[] }) => writeSync(1, `${JSON.stringify(what)}\n`);

async function run(): Promise<never> {
  for (let turn = 0; ; turn += 1) {
    const batch = Array.from({ length: 20 }, (_, index) => articleNamed(`${round} ${turn} ${index}`, { publishedAt: NOW + (index % 5) * HOUR }));
    say({ added: (await articles.addAll(batch, NOW)).pending });
    // Another source lists some of them too, scored or not.
    await articles.addAll(
      batch.slice(0, 7).map((article) => ({ ...article, sourceIds: ['b'] })),
      NOW,
    );
    const leased = await scores.lease({ now: NOW, limit: 15, leaseMs: HOUR, maxReceives: 1_000 });
    const events = await scores.apply(
      leased.map(({ id }, index) => ({ articleId: id, sentiment: sentimentWith(((index % 9) - 4) / 5) })),
      NOW,
    );
    say({ scored: events.map((event) => event.articleId) });
    const { items } = await scores.scored({ limit: 5, notRevision: round });
    await scores.replace(
      items.map((item) => ({ articleId: item.id, expected: item.sentiment, next: sentimentWith(-0.4, round) })),
      NOW,
    );
    await articles.addAll([articleNamed(`${round} 0 0`, { id: idOf(`${round} 0 0`), sourceIds: ['c'] })], NOW);
  }
}

void run();
