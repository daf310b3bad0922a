import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { AnnouncerProvider } from './components/announcer';
import { CatalogProvider } from './state/use-catalog';
import { ConnectionProvider } from './state/use-connection';
import { ViewProvider } from './state/use-view';
import './styles/index.css';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');

createRoot(root).render(
  <StrictMode>
    <ConnectionProvider>
      <ViewProvider>
        <CatalogProvider>
          <AnnouncerProvider>
            <App />
          </AnnouncerProvider>
        </CatalogProvider>
      </ViewProvider>
    </ConnectionProvider>
  </StrictMode>,
);
