import { useState } from 'react';
import { AutoIcon, MoonIcon, SunIcon } from '../../components/icons';
import { t } from '../../i18n/translate';
import { applyTheme, readTheme, themes } from '../../state/theme';

const icons = { system: <AutoIcon />, light: <SunIcon />, dark: <MoonIcon /> };

/** Switches between system, light and dark. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(readTheme);
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  const choose = () => {
    applyTheme(next);
    setTheme(next);
  };
  return (
    <button type="button" className="icon" onClick={choose} aria-label={`${t(`theme.${theme}`)}. ${t(`theme.to.${next}`)}`} title={t(`theme.${theme}`)}>
      {icons[theme]}
    </button>
  );
}
