import type { ArticlePage } from '@barometer/http-api/contract';
import { useCallback, useEffect, useState } from 'react';
import { address, api } from '../../api/client';
import { useAction } from '../../components/use-action';
import { usePreparing } from '../../state/use-preparing';
import { useResource } from '../../state/use-resource';
import { scopeQuery, type View } from '../../state/view';
import { firstPage, withHeld, withNewer, withOlder, type ShownArticles } from './article-list';

const PAGE = 40;

/** The list of articles of a view, growing at both ends. `mayInsert` says whether new ones may be inserted. */
export function useArticleFeed(view: View, mayInsert: () => boolean) {
  const query = { ...scopeQuery(view), label: view.label, q: view.search, limit: PAGE };
  const url = address('/articles', query);
  const first = useResource<ArticlePage>(url);
  const preparing = usePreparing(first, first.data?.items.every(({ sentiment }) => !sentiment) ?? false);
  const [shown, setShown] = useState<ShownArticles>();

  useEffect(() => {
    const page = first.data;
    if (!page || first.stale) return;
    setShown((before) => (before?.url === url && before.sample === page.sample ? withNewer(before, page, mayInsert()) : firstPage(url, page)));
  }, [first.data, first.stale, url, mayInsert]);

  const older = useAction(async () => {
    const page = await api.get<ArticlePage>(address('/articles', { ...query, cursor: shown?.cursor }));
    setShown((before) => (before?.url === url ? withOlder(before, page) : before));
  });
  const showHeld = useCallback(() => setShown((before) => before && withHeld(before)), []);
  // What is listed of another topic or source is no answer to one that does not exist.
  const refused = first.error && !first.data && shown?.url !== url;
  return { shown: preparing || refused ? undefined : shown, stale: shown?.url !== url, error: first.error, retry: first.retry, older, showHeld };
}
