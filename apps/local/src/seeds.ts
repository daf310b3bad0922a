import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
 * Adds the listed sources and topics to a store that is new; how many were added. A note in the data folder stays there
 * until it is done, so that a kill in the middle leaves no half list.
 */
export async function seedStore(container: Container, settings: Settings): Promise<{ sources: number; topics: number }> {
  const note = noteOf(settings);
  const isNew = (await container.get(tokens.listSources).execute()).length === 0;
  if (!isNew && !(note !== undefined && existsSync(note))) return { sources: 0, topics: 0 };
  const seeds = readSourceSeeds(settings.sourcesFile);
  if (note !== undefined) leaveNote(note, settings.dataDirectory);
  let sources = 0;
  for (const seed of seeds) sources += (await container.get(tokens.addSource).execute(seed)).ok ? 1 : 0;
  const topics = await seedTopics(container, settings.topicsFile);
  if (note !== undefined) rmSync(note);
  return { sources, topics };
}

function leaveNote(note: string, folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(note, '');
  } catch (error) {
    throw new SeedError(`DATA_DIR ${folder} cannot be used: ${(error as Error).message}`);
  }
}

function noteOf({ store, tableName, dataDirectory }: Settings): string | undefined {
  if (store === 'memory') return undefined;
  return join(dataDirectory, store === 'sqlite' ? 'seeding' : `seeding-${tableName}`);
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
