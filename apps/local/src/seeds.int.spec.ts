import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeywordClassifier } from '@barometer/sentiment-memory';
import { openDatabase, type SqliteDatabase } from '@barometer/storage-sqlite';
import { composeSystem } from './composition-root';
import { readSettings } from './config';
import { seedStore } from './seeds';
import { sqliteStores } from './stores/sqlite-stores';
import { tokens } from './tokens';

const folder = mkdtempSync(join(tmpdir(), 'barometer-seeds-'));
const [sourcesFile, topicsFile] = [join(folder, 'sources.yaml'), join(folder, 'topics.yaml')];
const settings = readSettings({ DATA_DIR: folder, SOURCES_FILE: sourcesFile, TOPICS_FILE: topicsFile }, folder);

let database: SqliteDatabase;
beforeEach(() => {
  database = openDatabase(':memory:');
  writeFileSync(
    sourcesFile,
    'sources:\n- { id: one, name: One, url: "https://one.example/feed" }\n- { id: two, name: Two, url: "https://two.example/feed" }\n',
  );
  writeFileSync(topicsFile, 'topics:\n- { name: Sea, anyOf: [sea] }\n- { name: Sky, anyOf: [sky] }\n');
});
afterEach(() => database.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts on the store: what was added, and what was logged. */
async function start() {
  const container = composeSystem({ settings, classifier: new KeywordClassifier(), stores: sqliteStores(database), log: () => undefined });
  const lines: string[] = [];
  const seed = () => seedStore(container, settings, (line) => lines.push(line));
  const names = async () => ({
    sources: (await container.get(tokens.listSources).execute()).map(({ name }) => name),
    topics: (await container.get(tokens.listTopics).execute()).map(({ name }) => name),
  });
  return { container, lines, seed, names };
}

const importOne = async ({ container }: Awaited<ReturnType<typeof start>>) =>
  container.get(tokens.importSources).execute({ sources: [{ url: 'https://mine.example/feed', name: 'Mine' }] });

describe('the initial content of a store', () => {
  it('is the lists, added once', async () => {
    expect(await (await start()).seed()).toEqual({ sources: 2, topics: 2 });
    const again = await start();
    expect([await again.seed(), await again.names()]).toEqual([
      { sources: 0, topics: 0 },
      { sources: ['One', 'Two'], topics: ['Sea', 'Sky'] },
    ]);
  });

  it('is only the topics, after an import before the first start', async () => {
    const first = await start();
    await importOne(first);
    expect(await first.seed()).toEqual({ sources: 0, topics: 2 });
    expect(await first.names()).toEqual({ sources: ['Mine'], topics: ['Sea', 'Sky'] });
  });

  it('does not come back when its owner removes it all', async () => {
    const first = await start();
    await first.seed();
    for (const { id } of await first.container.get(tokens.listTopics).execute()) await first.container.get(tokens.removeTopic).execute(id);
    for (const { id } of await first.container.get(tokens.listSources).execute()) await first.container.get(tokens.removeSource).execute(id);
    const again = await start();
    expect([await again.seed(), await again.names()]).toEqual([
      { sources: 0, topics: 0 },
      { sources: [], topics: [] },
    ]);
  });

  it('is not added to a store of version 0.1.0, which kept no note of it', async () => {
    const old = await start();
    await importOne(old);
    const store = old.container.get(tokens.sourceStore);
    const [lease] = await store.leaseDue(Date.now() + 1_000, 1, 1_000);
    if (!lease) throw new Error('Nothing was due.');
    await store.complete(lease, { ...lease.source.health, status: 'ok', polls: 1 });
    expect([await old.seed(), await old.names()]).toEqual([
      { sources: 0, topics: 0 },
      { sources: ['Mine'], topics: [] },
    ]);
  });

  it('is completed where version 0.1.0 was killed while it added the lists', async () => {
    const cut = await start();
    await cut.container.get(tokens.importSources).execute({ sources: [{ id: 'one', url: 'https://one.example/feed', name: 'One' }] });
    writeFileSync(join(folder, 'seeding'), '');
    expect(await cut.seed()).toEqual({ sources: 1, topics: 2 });
    expect(await (await start()).seed()).toEqual({ sources: 0, topics: 0 });
  });

  it('includes every valid source of a list, and invalid entries are named', async () => {
    writeFileSync(
      sourcesFile,
      'sources:\n- { name: A, url: "https://a.example/feed", homepage: N/A, colour: red }\n- { name: B, language: English, url: "www.b.example" }\n- { name: C }\n- { name: A2, url: "https://a.example/feed" }\n',
    );
    const first = await start();
    expect(await first.seed()).toEqual({ sources: 2, topics: 2 });
    expect(first.lines).toEqual([
      `${sourcesFile}: sources[0] (A): The field colour is not known; it was left out.`,
      `${sourcesFile}: sources[0] (A): The home page must be an http or https address; "N/A" was left out.`,
      `${sourcesFile}: sources[1] (B): The language must be a code such as en; "English" was left out.`,
      `${sourcesFile}: sources[2] (C): There is no address under "url".`,
    ]);
  });

  it('is tried again if a list could not be used', async () => {
    writeFileSync(topicsFile, 'topics: none\n');
    await expect((await start()).seed()).rejects.toThrow(/^TOPICS_FILE .*topics\.yaml: There must be a list "topics:"/);
    writeFileSync(topicsFile, 'topics:\n- { name: Sea, anyOf: [sea] }\n');
    expect(await (await start()).seed()).toEqual({ sources: 0, topics: 1 });
  });

  it('names a list of alerts that was set and does not exist', async () => {
    const container = composeSystem({
      settings: readSettings({ DATA_DIR: folder, SOURCES_FILE: sourcesFile, TOPICS_FILE: topicsFile, ALERTS_FILE: 'none.yaml' }, folder),
      classifier: new KeywordClassifier(),
      stores: sqliteStores(database),
      log: () => undefined,
    });
    await expect(
      seedStore(
        container,
        readSettings({ DATA_DIR: folder, SOURCES_FILE: sourcesFile, TOPICS_FILE: topicsFile, ALERTS_FILE: 'none.yaml' }, folder),
        () => undefined,
      ),
    ).rejects.toThrow(`ALERTS_FILE ${join(folder, 'none.yaml')} is not there`);
  });

  it('does not replace a channel that a user made', async () => {
    const alertsFile = join(folder, 'alerts.yaml');
    writeFileSync(alertsFile, 'channels:\n- { id: hook, name: Listed, target: { kind: webhook, url: "https://listed.example/" } }\n');
    const withAlerts = readSettings({ DATA_DIR: folder, SOURCES_FILE: sourcesFile, TOPICS_FILE: topicsFile, ALERTS_FILE: alertsFile }, folder);
    const { container } = await start();
    await container.get(tokens.addChannel).execute({ id: 'hook', name: 'Mine', target: { kind: 'webhook', url: 'https://mine.example/' } });
    await seedStore(container, withAlerts, () => undefined);
    expect((await container.get(tokens.listAlerts).channels()).map(({ name }) => name)).toEqual(['Mine']);
  });
});
