import { useEffect } from 'react';

const ROW = '[data-article-row]';

interface KeyActions {
  readonly onHelp: () => void;
}

/** The page's keys: `/` search, `j` and `k` move, `o` opens, `?` help. They are off while a field or a dialog has the focus. */
export function useKeys({ onHelp }: KeyActions): void {
  useEffect(() => {
    const act = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
      if (isField(event.target)) {
        if (event.key === 'Escape') (event.target as HTMLElement).blur();
        return;
      }
      const action = keyActions(onHelp)[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', act);
    return () => removeEventListener('keydown', act);
  }, [onHelp]);
}

function keyActions(onHelp: () => void): Record<string, () => void> {
  return {
    '/': () => document.querySelector<HTMLElement>('[data-search]')?.focus(),
    j: () => move(1),
    k: () => move(-1),
    o: () => currentRow()?.click(),
    '?': onHelp,
  };
}

const rows = () => [...document.querySelectorAll<HTMLElement>(ROW)];
const currentRow = () => document.activeElement?.closest('li')?.querySelector<HTMLElement>(ROW) ?? undefined;

function move(step: number): void {
  const all = rows();
  const row = currentRow();
  const index = row ? all.indexOf(row) + step : step > 0 ? 0 : all.length - 1;
  const next = all[Math.min(all.length - 1, Math.max(0, index))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]');
}
