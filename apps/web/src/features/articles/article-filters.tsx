import type { Label } from '@barometer/http-api/contract';
import { useEffect, useState } from 'react';
import { BASE } from '../../api/client';
import { FeedIcon, SearchIcon } from '../../components/icons';
import { Segmented } from '../../components/segmented';
import { useConnectionState } from '../../state/use-connection';
import { useView } from '../../state/use-view';
import { feedQuery } from '../../state/view';

const options = [
  { value: 'all', label: 'all' },
  { value: 'negative', label: 'negative' },
  { value: 'neutral', label: 'neutral' },
  { value: 'positive', label: 'positive' },
] as const;

const DEBOUNCE_MS = 300;

export function ArticleFilters() {
  const [view, change] = useView();
  return (
    <div className="article-filters">
      <SearchBox />
      <label className="check">
        <input type="checkbox" checked={!view.apart} onChange={(event) => change({ apart: event.target.checked ? undefined : true })} />
        Group stories
      </label>
      <FeedLink />
      <Segmented legend="Label" options={options} value={view.label ?? 'all'} onChange={(label: Label | 'all') => change({ label: label === 'all' ? undefined : label })} />
    </div>
  );
}

/** What is listed, as a feed for a reader of feeds; the newest, whatever period the page shows. */
function FeedLink() {
  const [view] = useView();
  const query = feedQuery(view);
  const keyed = useConnectionState(({ capabilities }) => capabilities?.auth.required === true);
  const help = keyed ? `A reader of feeds needs a key: barometer keys add --feed "articles${query}"` : 'For a reader of feeds (Atom)';
  return <a className="icon feed-link" href={`${BASE}/feeds/articles.atom${query}`} type="application/atom+xml" title={help} aria-label="Feed of these articles"><FeedIcon /></a>;
}

/** Searches a moment after the last key; the address follows without filling the history. */
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
      <input type="search" data-search aria-label="Search the articles" placeholder="Search" maxLength={200} value={text} onChange={(event) => setText(event.target.value)} />
      <kbd aria-hidden="true">/</kbd>
    </div>
  );
}
