import { anySentiment } from '@barometer/events/testing';
import fc from 'fast-check';
import { openDatabase, sentimentColumns, sentimentOf, sentimentValues, setSentiment, type SentimentColumns } from './index';

it('a sentiment survives being written to and read from its columns', () => {
  const db = openDatabase(':memory:');
  db.run(
    `INSERT INTO articles (id, url, title, summary, published_at, dated, fetched_at, stored_at, hour, expires_at, state) VALUES ('x', '', '', '', 0, 1, 0, 0, 0, 0, 'scored')`,
  );
  const read = () => {
    const row = db.get<SentimentColumns>(`SELECT ${sentimentColumns} FROM articles`);
    return row && sentimentOf(row);
  };
  expect(read()).toBeUndefined();
  fc.assert(
    fc.property(anySentiment, (sentiment) => {
      db.run(`UPDATE articles SET ${setSentiment}`, ...sentimentValues(sentiment));
      expect(read()).toEqual(sentiment);
    }),
  );
  db.close();
});
