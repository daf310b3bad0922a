import type { Label } from '@barometer/http-api/contract';
import { useEffect, useState } from 'react';
import { BASE } from '../../api/client';
import { FeedIcon, SearchIcon } from '../../components/icons';
import { Segmented } from '../../components/segmented';
import { t } from '../../i18n/translate';
import { useConnectionState } from '../../state/use-connection';
import { useView } from '../../state/use-view';
import { feedQuery } from '../../state/view';

const labels = ['negative', 'neutral', 'positive'] as const;

const DEBOUNCE_MS = 300;

export function ArticleFilters() {
  const [view, change] = useView();
  const options = [{ value: 'all', label: t('articles.label.all') } as const, ...labels.map((value) => ({ value, label: t(`label.${value}`) }))];
  return (
    <div className="article-filters">
      <SearchBox />
      <label className="check">
        <input type="checkbox" checked={!view.apart} onChange={(event) => change({ apart: event.target.checked ? undefined : true })} />
        {t('articles.group')}
      </label>
      <FeedLink />
      <Segmented
        legend={t('articles.label')}
        options={options}
        value={view.label ?? 'all'}
        onChange={(label: Label | 'all') => change({ label: label === 'all' ? undefined : label })}
      />
    </div>
  );
}

/** The listed articles as a feed for feed readers; the newest ones, whatever the period of the page. */
function FeedLink() {
  const [view] = useView();
  const query = feedQuery(view);
  const keyed = useConnectionState(({ capabilities }) => capabilities?.auth.required === true);
  const help = keyed ? t('articles.feed.keyed', { query }) : t('articles.feed.open');
  return (
    <a className="icon feed-link" href={`${BASE}/feeds/articles.atom${query}`} type="application/atom+xml" title={help} aria-label={t('articles.feed')}>
      <FeedIcon />
    </a>
  );
}

/** Searches a moment after the last key press; the address follows without adding to the history. */
function SearchBox() {
  const [view, change] = useView();
  const [text, setText] = useState(view.search ?? '');
  const [sent, setSent] = useState(view.search);
  // The back button, or a link, may change the search from outside.
  if (view.search !== sent) {
    setSent(view.search);
    if ((view.search ?? '') !== text.trim()) setText(view.search ?? '');
  }
  useEffect(() => {
    const wanted = text.trim() || undefined;
    if (wanted === sent) return undefined;
    const timer = setTimeout(() => change({ search: wanted }, 'replace'), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [text, sent, change]);
  return (
    <div className="search" role="search">
      <SearchIcon />
      <input
        type="search"
        data-search
        aria-label={t('articles.search')}
        placeholder={t('articles.searchHint')}
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <kbd aria-hidden="true">/</kbd>
    </div>
  );
}
