import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseAlertSeeds, type AlertSeeds } from '@barometer/alerting';
import { parseSourceSeeds, parseTopicSeeds, type SourceList, type TopicSeed } from '@barometer/ingestion';
import type { Result } from '@barometer/kernel';
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
 * Adds the listed sources and topics to a store, each once, and answers how many were added. A store with sources of
 * its own, e.g. from an import before the first start, gets only the topics. `log` gets a line for each entry that
 * could not be used.
 */
export async function seedStore(container: Container, settings: Settings, log: (line: string) => void): Promise<{ sources: number; topics: number }> {
  const seedOnce = container.get(tokens.seedOnce);
  const before = await container.get(tokens.listSources).execute();
  const wasCutOff = existsSync(noteOf(settings));
  const sources = await seedOnce.execute('sources', {
    isNew: async () => wasCutOff || before.length === 0,
    read: () => readSourceSeeds(settings.sourcesFile),
    add: (list) => addSources(container, list, (line) => log(`${settings.sourcesFile}: ${line}`)),
  });
  const topics = await seedOnce.execute('topics', {
    // Stores of version 0.1.0 kept no note of this; they had their topics before their first poll.
    isNew: async () => wasCutOff || (before.every(({ health }) => health.polls === 0) && (await container.get(tokens.listTopics).execute()).length === 0),
    read: () => readTopicSeeds(settings.topicsFile),
    add: (seeds) => addTopics(container, seeds),
  });
  if (settings.isAlertsFileNamed && !existsSync(settings.alertsFile)) throw new SeedError(`ALERTS_FILE ${settings.alertsFile} is not there`);
  if (existsSync(settings.alertsFile)) {
    await seedOnce.execute('alerts', {
      isNew: async () => (await container.get(tokens.listAlerts).rules()).length === 0,
      read: () => readSeeds('ALERTS_FILE', settings.alertsFile, parseAlertSeeds),
      add: (seeds) => addAlerts(container, seeds, (line) => log(`${settings.alertsFile}: ${line}`)),
    });
  }
  if (wasCutOff) rmSync(noteOf(settings));
  return { sources, topics };
}

async function addSources(container: Container, list: SourceList, log: (line: string) => void): Promise<number> {
  const { added, refused, leftOut } = await container.get(tokens.importSources).execute(list);
  for (const { place, name, message } of [...leftOut, ...refused]) log(`${place}${name === undefined ? '' : ` (${name})`}: ${message}`);
  return added;
}

/** Adds the listed channels, and the rules and digests that are not there yet; how many of these were added. */
async function addAlerts(container: Container, { channels, rules, digests }: AlertSeeds, log: (line: string) => void): Promise<number> {
  for (const channel of channels) {
    const outcome = await container.get(tokens.addChannel).execute(channel);
    // An existing channel is from an attempt that was cut off, or a user made it.
    if (!outcome.ok && outcome.error.code !== 'taken') log(`${channel.name}: ${outcome.error.message}`);
  }
  const known = new Set((await container.get(tokens.listAlerts).rules()).map(({ name }) => name));
  let added = 0;
  for (const rule of rules.filter(({ name }) => !known.has(name))) {
    const outcome = await container.get(tokens.addRule).execute(rule);
    if (outcome.ok) added += 1;
    else log(`${rule.name}: ${outcome.error.message}`);
  }
  const told = new Set((await container.get(tokens.listDigests).execute()).map(({ digest: { name } }) => name));
  for (const digest of digests.filter(({ name }) => !told.has(name))) {
    const outcome = await container.get(tokens.addDigest).execute(digest);
    if (outcome.ok) added += 1;
    else log(`${digest.name}: ${outcome.error.message}`);
  }
  return added;
}

/** The file that version 0.1.0 left in the data folder while it added the lists. */
function noteOf({ store, tableName, dataDirectory }: Settings): string {
  return join(dataDirectory, store === 'dynamodb' ? `seeding-${tableName}` : 'seeding');
}

/** Adds the listed topics that are not there yet; how many were added. @throws SeedError */
export async function seedTopics(container: Container, file: string): Promise<number> {
  return addTopics(container, readTopicSeeds(file));
}

async function addTopics(container: Container, seeds: readonly TopicSeed[]): Promise<number> {
  const known = new Set((await container.get(tokens.listTopics).execute()).map(({ name }) => name));
  let added = 0;
  for (const seed of seeds) {
    if (!known.has(seed.name)) added += (await container.get(tokens.addTopic).execute(seed)).ok ? 1 : 0;
  }
  return added;
}

function readSeeds<T>(setting: string, file: string, parseList: (value: unknown) => Result<T, { readonly message: string }>): T {
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
