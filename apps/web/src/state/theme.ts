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

/** Shows a theme and remembers it; "system" follows the reader's system again. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  try {
    if (theme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Storage may be closed to this page; the theme then lasts until it is left.
  }
}
