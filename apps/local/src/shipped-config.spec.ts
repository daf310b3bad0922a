import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { matchesPhrases } from '@barometer/kernel';
import { publisherOf, usualReference } from '@barometer/reporting';
import { readSourceSeeds, readTopicSeeds, SeedError } from './seeds';

const root = join(__dirname, '..', '..', '..');
const { sources, unread, leftOut } = readSourceSeeds(join(root, 'config', 'sources.yaml'));
const topics = readTopicSeeds(join(root, 'config', 'topics.yaml'));
const sampleLines = readFileSync(join(root, 'config', 'sample', 'headlines.jsonl'), 'utf8')
  .trim()
  .split('\n');
const sample = sampleLines.map((line) => JSON.parse(line) as { source: string; title: string; summary?: string; minutesAgo: number });

it('some twenty sources in several groups, each with the page of its publisher', () => {
  expect([unread, leftOut]).toEqual([[], []]);
  expect(sources.length).toBeGreaterThanOrEqual(20);
  expect(new Set(sources.flatMap(({ groups = [] }) => groups)).size).toBeGreaterThanOrEqual(5);
  expect(sources.filter(({ url, homepage }) => !url.startsWith('https://') || !homepage?.startsWith('https://'))).toEqual([]);
});

it('a sample of the last seven days, in which every topic finds something', () => {
  expect(Math.max(...sample.map(({ minutesAgo }) => minutesAgo))).toBeLessThanOrEqual(7 * 24 * 60);
  const found = topics.map((topic) => [topic.name, sample.some(({ title, summary }) => matchesPhrases(topic, `${title}\n${summary ?? ''}`))]);
  expect(found.filter(([, some]) => !some)).toEqual([]);
});

it('a list that cannot be used is refused with its file', () => {
  expect(() => readSourceSeeds(join(root, 'no-such-list.yaml'))).toThrow(/^SOURCES_FILE .*no-such-list\.yaml cannot be read/);
  expect(() => readTopicSeeds(join(root, 'no-such-list.yaml'))).toThrow(SeedError);
  expect(() => readSourceSeeds(join(root, 'config', 'topics.yaml'))).toThrow(/topics\.yaml/);
});

it('the model that ships is there', () => {
  expect(existsSync(join(root, 'models', 'barometer-distilbert-news', 'manifest.json'))).toBe(true);
});

it('a reference of usual tones that the shipped model scored, in which publishers of the shipped list are found', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'models', 'barometer-distilbert-news', 'manifest.json'), 'utf8')) as { id: string; revision: string };
  expect(usualReference.model).toEqual({ id: manifest.id, revision: manifest.revision });
  const known = sources.filter((source) => publisherOf({ name: source.name ?? '', url: source.url }));
  expect(known.map(({ id }) => id)).toEqual(expect.arrayContaining(['bbc-world', 'guardian-world', 'al-jazeera', 'dw-english', 'npr-news', 'wired']));
  expect(known.map(({ id }) => id)).not.toContain('abc-australia');
});
