import { StrictMode, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { AnnouncerProvider } from './components/announcer';
import { followLanguage, language, speak } from './i18n/language';
import { keepForOffline } from './offline/register';
import { CatalogProvider } from './state/use-catalog';
import { ConnectionProvider } from './state/use-connection';
import { ViewProvider } from './state/use-view';
import './styles/index.css';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');

/** Renders everything again in another language; the state is in the address. */
function Page() {
  return (
    <ConnectionProvider key={useSyncExternalStore(followLanguage, language)}>
      <ViewProvider>
        <CatalogProvider>
          <AnnouncerProvider>
            <App />
          </AnnouncerProvider>
        </CatalogProvider>
      </ViewProvider>
    </ConnectionProvider>
  );
}

const show = () =>
  createRoot(root).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  );
// After an update, files that an open page has not loaded yet are gone; a reload brings the new page.
addEventListener('vite:preloadError', () => location.reload());
// If a language cannot be loaded, the page stays in English.
void speak()
  .catch(() => speak('en'))
  .then(show);
void keepForOffline();
