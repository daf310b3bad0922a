import { lastHours } from '@barometer/reporting';
import { HOUR, SECOND, STANDARD_RETENTION } from '@barometer/kernel';
import type { ApiDependencies, ReadModels } from './dependencies';
import type { KnownSources } from './known-sources';
import { wrongField, type ApiProblem } from './problems/api-problem';
import type { Reading } from './reading';
import type { ScopeQuery } from './scope-reader';

/** How long an existing id is taken as existing: another process may remove it meanwhile. */
const KNOWN_MS = 60 * SECOND;
/** How long a missing id is taken as missing. */
const MISSING_MS = SECOND;

interface Deps extends Pick<ApiDependencies, 'clock' | 'config' | 'real'> {
  readonly reading: Reading;
  readonly known: KnownSources;
}

/**
 * Refuses figures of a topic or a source that does not exist: an empty answer would look like news without scores. A
 * removed source is known for as long as anything of it is kept; a topic's figures are deleted with it.
 */
export class KnownScopes {
  private readonly seen = new Map<string, { readonly at: number; readonly isKnown: boolean }>();

  constructor(private readonly deps: Deps) {}

  /** @throws ApiProblem naming what does not exist */
  async require({ topic, source }: ScopeQuery): Promise<void> {
    if (topic !== undefined && !(await this.isKnown(`topic ${topic}`, () => this.hasTopic(topic)))) throw unknown('topic', topic);
    if (source !== undefined && !(await this.isKnown(`source ${source}`, () => this.hasSource(source)))) throw unknown('source', source);
  }

  /** Call this after a change through this process. */
  forget(): void {
    this.seen.clear();
  }

  private async isKnown(name: string, find: () => Promise<boolean>): Promise<boolean> {
    const now = this.deps.clock.now();
    const before = this.seen.get(name);
    if (before && Math.abs(now - before.at) < (before.isKnown ? KNOWN_MS : MISSING_MS)) return before.isKnown;
    const isKnown = await find();
    for (const [key, { at, isKnown: wasKnown }] of this.seen) if (!wasKnown && now - at >= MISSING_MS) this.seen.delete(key);
    this.seen.set(name, { at: now, isKnown });
    return isKnown;
  }

  /** Includes the sample, which is shown in place of a store without scores. */
  private async models(): Promise<readonly ReadModels[]> {
    const { models } = await this.deps.reading.current();
    return models === this.deps.real ? [models] : [this.deps.real, models];
  }

  private async hasTopic(topicId: string): Promise<boolean> {
    const all = await Promise.all((await this.models()).map(({ topics }) => topics.execute()));
    return all.flat().some(({ id }) => id === topicId);
  }

  private async hasSource(sourceId: string): Promise<boolean> {
    return (await this.deps.known.list()).some(({ id }) => id === sourceId) || this.hasFigures(sourceId);
  }

  /** For a source that is not listed: whether an article is kept, or counts that outlived it. */
  private async hasFigures(sourceId: string): Promise<boolean> {
    const { articles, rollups } = this.deps.config.retention ?? STANDARD_RETENTION;
    for (const { articles: list, mood } of await this.models()) {
      const page = await list.execute({ sourceId, limit: 1 });
      if (page.ok && page.value.items.length > 0) return true;
      if (rollups > articles && (await mood.execute({ sourceId, period: lastHours(rollups / HOUR, this.deps.clock.now()) })).volume > 0) return true;
    }
    return false;
  }
}

const unknown = (what: 'topic' | 'source', id: string): ApiProblem => wrongField(what, `There is no ${what} ${id}.`, 'not-found');
