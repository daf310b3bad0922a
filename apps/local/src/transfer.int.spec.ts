import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { exportStore, lineSchema, type StoreLine } from '@barometer/cli';
import { articleNamed, NOW, sourceNamed } from '@barometer/ingestion/testing';
import { openDatabase } from '@barometer/storage-sqlite';
import { memoryStores } from './stores/memory-stores';
import { sqliteStores } from './stores/sqlite-stores';
import { tokens } from './tokens';
import { fillTrial, linesOf, takeAll, trialSystem, week } from './testing/transfer-trial';

const inSqlite = (retention = { articles: 90 * 86_400_000, rollups: 90 * 86_400_000 }) => trialSystem(sqliteStores(openDatabase(':memory:', { retention })));

describe('everything of a store', () => {
  it('comes out of another technology as it went in, with the same counts', async () => {
    const [from, middle, back] = [await trialSystem(memoryStores()), await inSqlite(), await trialSystem(memoryStores())];
    await fillTrial(from);
    const lines = await linesOf(from);
    expect(lines.every((line) => lineSchema.safeParse(line).success)).toBe(true);
    expect(new Set(lines.map(({ kind }) => kind))).toEqual(
      new Set(['barometer', 'source', 'topic', 'key', 'channel', 'rule', 'digest', 'hours', 'article', 'end']),
    );
    expect(await takeAll(middle, lines)).toEqual({ sources: 2, topics: 1, articles: 25, known: 0, tooOld: 0 });
    expect(await linesOf(middle)).toEqual(lines);
    await takeAll(back, await linesOf(middle));
    expect(await linesOf(back)).toEqual(lines);
    expect([await from.differences(), await middle.differences(), await back.differences()]).toEqual([[], [], []]);
    const period = { from: 0, to: from.clock.now() + 1 };
    const counted = (system: typeof from) =>
      Promise.all([
        system.ports.reports.hours({}, period),
        system.ports.reports.hours({ topicId: 'council', sourceId: 'a' }, period),
        system.ports.reports.status(),
      ]);
    expect(await counted(middle)).toEqual(await counted(from));
  });

  it('is of one moment, whatever another process writes meanwhile', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'barometer-moment-')), 'store.db');
    const writer = openDatabase(path);
    const from = await trialSystem(sqliteStores(writer));
    await fillTrial(from);
    const before = await linesOf(from);
    const reader = openDatabase(path, { readOnly: 'moment' });
    try {
      const held = await trialSystem(sqliteStores(reader));
      const lines: StoreLine[] = [];
      for await (const line of exportStore(held.ports, held.clock.now())) {
        lines.push(JSON.parse(JSON.stringify(line)) as StoreLine);
        const id = `late${lines.length}`;
        await from.ports.sources.add(sourceNamed(id));
        await from.ports.articles.addAll([articleNamed(id, { title: 'A late disaster' })], NOW);
        await from.get(tokens.scoreArticles).execute();
      }
      expect(lines).toEqual(before);
      expect([await held.differences(), (await held.ports.reports.status()).scored]).toEqual([[], 22]);
      expect((await from.ports.reports.status()).scored).toBe(23 + lines.length);
    } finally {
      reader.close();
      writer.close();
      rmSync(dirname(path), { recursive: true });
    }
  });

  it('is imported once, however often it is read, and continues after a stop', async () => {
    const [from, to] = [await trialSystem(memoryStores()), await inSqlite()];
    await fillTrial(from);
    const lines = await linesOf(from);
    await expect(takeAll(to, lines.slice(0, -8))).rejects.toThrow('The file has no end: the export was cut off. What it has is stored; export again.');
    expect(await takeAll(to, lines)).toMatchObject({ sources: 0, articles: 7, known: 18 });
    expect(await takeAll(to, lines)).toMatchObject({ sources: 0, topics: 0, articles: 0, known: 25 });
    expect([await linesOf(to), await to.differences()]).toEqual([lines, []]);
  });

  it('leaves out what the other store does not keep', async () => {
    const [from, to] = [await trialSystem(memoryStores()), await inSqlite(week)];
    await fillTrial(from);
    expect(await takeAll(to, await linesOf(from))).toMatchObject({ articles: 25, tooOld: 0 });
    const later = await inSqlite(week);
    later.clock.advance(3 * 86_400_000);
    expect(await takeAll(later, await linesOf(from))).toMatchObject({ articles: 15, tooOld: 10 });
    expect(await later.differences()).toEqual([]);
  });

  it('is refused with a sentence if it cannot be imported', async () => {
    const [from, to] = [await trialSystem(memoryStores()), await inSqlite()];
    await fillTrial(from);
    const [first, ...rest] = await linesOf(from);
    await expect(takeAll(to, rest)).rejects.toThrow('This is no file of "barometer export all"');
    await expect(takeAll(to, [{ ...first, format: 9 } as never, ...rest])).rejects.toThrow('The file has form 9; this Barometer reads form 1.');
    await expect(takeAll(to, [first!, ...rest.filter(({ kind }, index) => kind !== 'article' || index % 2 === 0)])).rejects.toThrow(
      /^The file should hold 25 articles and holds \d+: a part of it is missing/,
    );
    const other = await inSqlite();
    await other.ports.sources.add(sourceNamed('another', { url: 'https://a.example/feed' }));
    await expect(takeAll(other, [first!, ...rest])).rejects.toThrow('The store polls https://a.example/feed already, under another id than "a".');
  });
});
