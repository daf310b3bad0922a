import { choose, language, languages, type Language } from '../../i18n/language';

/** The languages, each by its own name; the page is rendered again in the selected one, and the focus returns here. */
export function LanguageChoice({ label }: { readonly label: string }) {
  const change = async (chosen: Language) => {
    await choose(chosen);
    setTimeout(() => document.querySelector<HTMLElement>('[data-language]')?.focus());
  };
  return (
    <label className="language">
      {label}
      <select data-language value={language()} onChange={(event) => void change(event.target.value as Language)}>
        {Object.entries(languages).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
