import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { changedView, readView, writeView, type View } from './view';

export type ChangeView = (change: Partial<View>, how?: 'push' | 'replace') => void;

const ViewContext = createContext<readonly [View, ChangeView] | undefined>(undefined);

/** Keeps the view in the address: a change adds a history entry, typing replaces the current one, and the back button works. */
export function ViewProvider({ children }: { children: ReactNode }) {
  const [view, setView] = useState(() => readView(location.search));
  useEffect(() => {
    // An address that is shared must not name another period than the one shown.
    const shown = readView(location.search);
    const given = new URLSearchParams(location.search).get('period');
    if (given !== null && given !== shown.period) history.replaceState(null, '', `${location.pathname}${writeView(shown)}`);
    const follow = () => setView(readView(location.search));
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const change = useCallback<ChangeView>((part, how = 'push') => {
    const next = changedView(readView(location.search), part);
    const url = `${location.pathname}${writeView(next)}`;
    if (url !== `${location.pathname}${location.search}`) history[how === 'push' ? 'pushState' : 'replaceState'](null, '', url);
    setView(next);
  }, []);
  const value = useMemo(() => [view, change] as const, [view, change]);
  return <ViewContext value={value}>{children}</ViewContext>;
}

export function useView(): readonly [View, ChangeView] {
  const value = use(ViewContext);
  if (!value) throw new Error('useView needs a ViewProvider');
  return value;
}
