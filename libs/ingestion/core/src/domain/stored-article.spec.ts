import { sentimentWith } from '@barometer/events/testing';
import { expiryOf, hourOf, RollupIncrements, scopeKey, STANDARD_RETENTION, type Moment } from '@barometer/kernel';
import { articleNamed, NOW } from '../testing/ingestion-harness';
import type { Article } from './article';
import { MOST_KEYS } from './item-identity';
import { addGained, inTopic, knownArticle, listedAgain, newArticle, type StoredArticle } from './stored-article';

const EXPIRED = expiryOf(hourOf(NOW));
const at = (now: number): Moment => ({ now, retention: STANDARD_RETENTION });
const energy = { topicId: 'energy', version: 2 };
const gas = { topicId: 'gas', version: 1 };
const listed = (overrides: Partial<Article> = {}) => articleNamed('one', overrides);
const stored: StoredArticle = newArticle(listed({ keys: ['guid'] }), NOW, () => true);
const again = (overrides: Partial<Article> = {}, known = stored) => listedAgain(known, listed(overrides), at(NOW));
const keysTo = (count: number) => Array.from({ length: count }, (_, index) => `key ${index}`);

describe('a new article', () => {
  it('is pending, or skipped with a reason', () => {
    expect(newArticle(listed(), NOW + 1, () => true)).toMatchObject({ state: 'pending', storedAt: NOW + 1, changes: 0, url: 'https://example.org/one' });
    const skipped = newArticle(listed({ status: { state: 'skipped', reason: 'language' }, isMoved: true }), NOW, () => true);
    expect(skipped).toMatchObject({ state: 'skipped', reason: 'language' });
    for (const field of ['status', 'sourceIds', 'isMoved']) expect(skipped).not.toHaveProperty(field);
  });

  it('has each key and source once, and its topics in order, without removed ones', () => {
    const article = listed({
      keys: ['b', 'a', 'b'],
      sourceIds: ['y', 'x', 'y'],
      topics: [gas, { ...energy, version: 10 }, energy, { topicId: 'gone', version: 1 }],
    });
    expect(newArticle(article, NOW, ({ topicId }) => topicId !== 'gone')).toMatchObject({
      keys: ['b', 'a'],
      sources: [{ sourceId: 'y' }, { sourceId: 'x' }],
      topics: [energy, { ...energy, version: 10 }, gas],
    });
  });

  it('has the fields that matching needs, without keys if version 0.1 stored it', () => {
    const { keys: _keys, ...without } = stored;
    expect(knownArticle(stored)).toEqual({ id: stored.id, url: stored.url, title: stored.title, publishedAt: NOW, keys: ['guid'], sourceIds: ['a'] });
    expect(knownArticle(without).keys).toEqual([]);
  });
});

describe('an article that is listed again', () => {
  it('stays the same object if nothing is new or it has expired', () => {
    expect(again({ keys: ['guid', stored.id] })).toBe(stored);
    const other = listed({ sourceIds: ['b'], title: 'Another', url: 'https://example.org/moved', isMoved: true });
    expect(listedAgain(stored, other, at(EXPIRED))).toBe(stored);
    expect(listedAgain(stored, other, at(EXPIRED - 1))).not.toBe(stored);
  });

  it('gets new sources after its own, which does not count as a change', () => {
    const known = again({ sourceIds: ['b', 'a', 'b'] });
    expect(known).toMatchObject({ sources: [{ sourceId: 'a' }, { sourceId: 'b' }], changes: 0 });
  });

  it('keeps its text and counts a different one once per source, until that source lists the stored text again', () => {
    const retitled = again({ title: 'Another' });
    expect(retitled).toMatchObject({ title: stored.title, changes: 1, sources: [{ sourceId: 'a', listed: expect.stringMatching(/^.{26}$/) }] });
    expect(again({ title: 'Another' }, retitled)).toBe(retitled);
    expect(again({ title: 'A third' }, retitled).changes).toBe(2);
    const back = again({}, retitled);
    expect(back).toMatchObject({ changes: 1, sources: [{ sourceId: 'a' }] });
    expect(back.sources[0]).not.toHaveProperty('listed');
    expect(again({ summary: 'Another' }, back).changes).toBe(2);
    expect(again({ title: 'Another', sourceIds: ['b'] }).changes).toBe(1);
  });

  it('updates a link that moved, which is one change together with a changed text', () => {
    const url = 'https://example.org/moved';
    expect(again({ url })).toBe(stored);
    expect(again({ url, isMoved: true })).toMatchObject({ url, changes: 1 });
    expect(again({ url, isMoved: true, title: 'Another' })).toMatchObject({ url, changes: 1 });
    expect(again({ isMoved: true })).toBe(stored);
  });

  it('gets new keys after its own, up to the maximum', () => {
    expect(again({ keys: ['page', 'guid', 'page'] })).toMatchObject({ keys: ['guid', 'page'], changes: 0 });
    const full = again({ keys: keysTo(MOST_KEYS) });
    expect(full.keys).toHaveLength(MOST_KEYS);
    expect(again({ keys: ['one more'] }, full)).toBe(full);
    const { keys: _keys, ...without } = stored;
    expect(again({ keys: ['page'] }, without).keys).toEqual(['page']);
  });

  it('keeps its link if there is no room for the key of the new page, which would count as a change at every poll', () => {
    const url = 'https://example.org/moved';
    expect(again({ url, isMoved: true, keys: ['page'] }, { ...stored, keys: keysTo(MOST_KEYS) }).url).toBe(stored.url);
    expect(again({ url, isMoved: true, keys: ['page'] }, { ...stored, keys: keysTo(MOST_KEYS - 1) }).url).toBe(url);
  });
});

describe('an article added to a topic', () => {
  it('is in it once, in order', () => {
    const inGas = inTopic(stored, gas);
    expect(inTopic(inGas, gas)).toBe(inGas);
    expect(inTopic(inTopic(inGas, { ...energy, version: 10 }), energy).topics).toEqual([energy, { ...energy, version: 10 }, gas]);
  });

  it('is counted once it is scored: in the topic and in the topic’s sources, each once', () => {
    const count = (before: StoredArticle, after: StoredArticle) => {
      const rollups = new RollupIncrements();
      addGained(rollups, before, after);
      return rollups.list();
    };
    const scored: StoredArticle = { ...inTopic(stored, gas), sentiment: sentimentWith(0.5) };
    expect(count(stored, inTopic(stored, gas))).toEqual([]);
    expect(count(scored, again({ sourceIds: ['b'] }, scored))).toMatchObject(
      [scopeKey({ sourceId: 'b' }), scopeKey({ topic: gas, sourceId: 'b' })].map((scope) => ({ scope, hour: hourOf(NOW), positive: 1, toneSum: 500_000 })),
    );
    expect(count(scored, inTopic(scored, energy)).map(({ scope }) => scope)).toEqual([scopeKey({ topic: energy }), scopeKey({ topic: energy, sourceId: 'a' })]);
    expect(count(scored, again({ title: 'Another' }, scored))).toEqual([]);
  });
});
