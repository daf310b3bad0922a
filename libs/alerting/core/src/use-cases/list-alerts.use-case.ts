import type { Channel } from '../domain/channel';
import type { Delivery } from '../domain/delivery';
import type { Episode } from '../domain/episode';
import type { AlertRule } from '../domain/rule';
import type { AlertStore, EpisodeQuery } from '../ports/alert-store.port';
import { openEpisodes } from './close-episodes';

/** Lists rules, channels, episodes and deliveries. */
export class ListAlerts {
  constructor(private readonly deps: { readonly store: AlertStore }) {}

  rules(): Promise<readonly AlertRule[]> {
    return this.deps.store.rules();
  }

  channels(): Promise<readonly Channel[]> {
    return this.deps.store.channels();
  }

  /** Latest first. */
  episodes(query: EpisodeQuery): Promise<readonly Episode[]> {
    return this.deps.store.episodes(query);
  }

  /** Open episodes, latest first. */
  async open(): Promise<readonly Episode[]> {
    const ids = openEpisodes(await this.deps.store.rules());
    return [...(await this.deps.store.episodesOf(ids))].sort((one, other) => (one.id < other.id ? 1 : -1));
  }

  /** Latest first. */
  deliveries(limit: number): Promise<readonly Delivery[]> {
    return this.deps.store.deliveries(limit);
  }
}
