import { KeywordClassifier } from '@barometer/sentiment-memory';
import { openDatabase } from '@barometer/storage-sqlite';
import { composeSystem } from './composition-root';
import { readSettings } from './config';
import { tokens } from './tokens';

describe.each(['memory', 'sqlite'] as const)('composed on %s', (store) => {
  it.each(Object.entries(tokens))('gives %s', (_name, token) => {
    const database = store === 'sqlite' ? openDatabase(':memory:') : undefined;
    const container = composeSystem({ settings: readSettings({}, '/repository'), classifier: new KeywordClassifier(), database, log: () => undefined });
    const part: unknown = container.get<unknown>(token);
    expect(part).toBeDefined();
    expect(container.get<unknown>(token)).toBe(part);
    database?.close();
  });
});
