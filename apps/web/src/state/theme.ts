export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

// public/theme.js reads the same key before the first paint.
const KEY = 'barometer.theme';

export function readTheme(): Theme {
  try {
    return themes.find((theme) => theme === localStorage.getItem(KEY)) ?? 'system';
  } catch {
    return 'system';
  }
}

/** Applies a theme and stores it; "system" follows the reader's system again. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    // eslint-disable-next-line barometer/translated-text -- media queries
    meta.media = theme === 'system' ? `(prefers-color-scheme: ${meta.dataset['theme']})` : meta.dataset['theme'] === theme ? 'all' : 'not all';
  }
  try {
    if (theme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // If the page may not use storage, the theme lasts until the page is left.
  }
}
