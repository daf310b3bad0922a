import { readFileSync } from 'node:fs';
import { parseSourceSeeds, parseTopicSeeds } from '@barometer/ingestion';
import type { Container } from 'inversify';
import { parse } from 'yaml';
import type { Settings } from './config';
import { tokens } from './tokens';

/** A list of sources or topics that cannot be used; the message names the file and the entry. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
}

/** The sources that a list names. @throws SeedError */
export function readSourceSeeds(file: string) {
  return readSeeds(file, parseSourceSeeds);
}

/** The topics that a list names. @throws SeedError */
export function readTopicSeeds(file: string) {
  return readSeeds(file, parseTopicSeeds);
}

/** Adds the listed sources and topics to a store that has no source and no topic yet; how many were added. */
export async function seedStore(container: Container, { sourcesFile, topicsFile }: Settings): Promise<{ sources: number; topics: number }> {
  const added = { sources: 0, topics: 0 };
  if ((await container.get(tokens.listSources).execute()).length === 0) {
    const addSource = container.get(tokens.addSource);
    for (const seed of readSourceSeeds(sourcesFile)) added.sources += (await addSource.execute(seed)).ok ? 1 : 0;
    const addTopic = container.get(tokens.addTopic);
    if ((await container.get(tokens.listTopics).execute()).length === 0) {
      for (const seed of readTopicSeeds(topicsFile)) added.topics += (await addTopic.execute(seed)).ok ? 1 : 0;
    }
  }
  return added;
}

function readSeeds<T>(file: string, parseList: (value: unknown) => { ok: true; value: readonly T[] } | { ok: false; error: { message: string } }): readonly T[] {
  let value: unknown;
  try {
    value = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new SeedError(`${file} cannot be read: ${(error as Error).message}`);
  }
  const parsed = parseList(value);
  if (!parsed.ok) throw new SeedError(`${file}: ${parsed.error.message}`);
  return parsed.value;
}
