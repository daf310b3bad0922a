import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSourceSeeds, parseTopicSeeds } from '@barometer/ingestion';
import type { Container } from 'inversify';
import { parse } from 'yaml';
import type { Settings } from './config';
import { tokens } from './tokens';

/** A list of sources or topics that cannot be used; the message names the setting, the file and the entry. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
}

/** The sources that a list names. @throws SeedError */
export function readSourceSeeds(file: string) {
  return readSeeds('SOURCES_FILE', file, parseSourceSeeds);
}

/** The topics that a list names. @throws SeedError */
export function readTopicSeeds(file: string) {
  return readSeeds('TOPICS_FILE', file, parseTopicSeeds);
}

/**
 * Adds the listed sources and topics to a store that is new; how many were added. A note beside the store says that it
 * was done to the end, so that a kill in the middle leaves no half list, and what the user removed stays removed.
 */
export async function seedStore(container: Container, { sourcesFile, topicsFile, store, dataDirectory }: Settings): Promise<{ sources: number; topics: number }> {
  const note = join(dataDirectory, 'seeded');
  const added = { sources: 0, topics: 0 };
  const isNew = (await container.get(tokens.listSources).execute()).length === 0;
  if (!isNew && (store === 'memory' || existsSync(note))) return added;
  for (const seed of readSourceSeeds(sourcesFile)) added.sources += (await container.get(tokens.addSource).execute(seed)).ok ? 1 : 0;
  added.topics = await seedTopics(container, topicsFile);
  if (store === 'sqlite') writeFileSync(note, '');
  return added;
}

/** Adds the listed topics that are not there yet; how many were added. @throws SeedError */
export async function seedTopics(container: Container, file: string): Promise<number> {
  const known = new Set((await container.get(tokens.listTopics).execute()).map(({ name }) => name));
  let added = 0;
  for (const seed of readTopicSeeds(file)) {
    if (!known.has(seed.name)) added += (await container.get(tokens.addTopic).execute(seed)).ok ? 1 : 0;
  }
  return added;
}

function readSeeds<T>(setting: string, file: string, parseList: (value: unknown) => { ok: true; value: readonly T[] } | { ok: false; error: { message: string } }): readonly T[] {
  let value: unknown;
  try {
    value = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new SeedError(`${setting} ${file} cannot be read: ${(error as Error).message}`);
  }
  const parsed = parseList(value);
  if (!parsed.ok) throw new SeedError(`${setting} ${file}: ${parsed.error.message}`);
  return parsed.value;
}
