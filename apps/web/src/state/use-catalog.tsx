import type { SourceList, TopicList } from '@barometer/http-api/contract';
import { createContext, use, useEffect, useMemo, type ReactNode } from 'react';
import { address } from '../api/client';
import { useConnection } from './use-connection';
import { useResource, type Resource } from './use-resource';

export interface Catalog {
  readonly sources: Resource<SourceList>;
  readonly topics: Resource<TopicList>;
  readonly sourceName: (id: string) => string;
  readonly topicName: (id: string) => string;
}

const CatalogContext = createContext<Catalog | undefined>(undefined);

const SEARCHING_MS = 2_000;

const nameIn = (items: readonly { id: string; name: string }[] | undefined) => {
  const names = new Map(items?.map(({ id, name }) => [id, name]));
  return (id: string) => names.get(id) ?? id;
};

/** Reads sources and topics once, for every part of the page that needs their names. */
export function CatalogProvider({ children }: { children: ReactNode }) {
  const sources = useResource<SourceList>(address('/sources'));
  const topics = useResource<TopicList>(address('/topics'));
  useRefreshWhile(topics.data?.items.some(({ backfilling }) => backfilling) ?? false);
  const catalog = useMemo(() => ({ sources, topics, sourceName: nameIn(sources.data?.items), topicName: nameIn(topics.data?.items) }), [sources, topics]);
  return <CatalogContext value={catalog}>{children}</CatalogContext>;
}

/** The figures of a topic change while it is being back-filled, and neither the status nor the stream reports that. */
function useRefreshWhile(isSearching: boolean): void {
  const { refresh } = useConnection();
  useEffect(() => {
    if (!isSearching) return undefined;
    const timer = setInterval(refresh, SEARCHING_MS);
    return () => clearInterval(timer);
  }, [isSearching, refresh]);
}

export function useCatalog(): Catalog {
  const catalog = use(CatalogContext);
  if (!catalog) throw new Error('useCatalog needs a CatalogProvider');
  return catalog;
}
