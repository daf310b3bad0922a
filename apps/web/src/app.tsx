import { useState } from 'react';
import { lazyPart } from './components/lazy-part';
import { AlertsPanel } from './features/alerts/alerts-panel';
import { AnalyzePanel } from './features/analyze/analyze-panel';
import { ArticlesPanel } from './features/articles/articles-panel';
import { DigestsPanel } from './features/digests/digests-panel';
import { Banners } from './features/header/banners';
import { PageFooter } from './features/header/page-footer';
import { PageHeader } from './features/header/page-header';
import { SignIn } from './features/header/sign-in';
import { useKeys } from './features/help/use-keys';
import { MoodPanel } from './features/mood/mood-panel';
import { SourcesPanel } from './features/sources/sources-panel';
import { StoriesPanel } from './features/stories/stories-panel';
import { TimelinePanel } from './features/timeline/timeline-panel';
import { BreakdownPanel } from './features/topics/topics-panel';
import { t } from './i18n/translate';
import { useConnectionState } from './state/use-connection';
import { MoodProvider } from './state/use-mood';

const HelpDialog = lazyPart(async () => (await import('./features/dialogs')).HelpDialog);

export function App() {
  const [help, setHelp] = useState(false);
  const locked = useConnectionState(({ link }) => link === 'locked');
  useKeys({ onHelp: () => setHelp(true) });
  return (
    <>
      {!locked && (
        <a className="skip" href="#articles">
          {t('page.skip')}
        </a>
      )}
      <PageHeader onHelp={() => setHelp(true)} />
      {locked ? (
        <main>
          <SignIn />
        </main>
      ) : (
        <main>
          <Banners />
          <div className="layout">
            <MoodProvider>
              <MoodPanel />
              <div className="beside-mood">
                <TimelinePanel />
                <StoriesPanel />
              </div>
              <BreakdownPanel />
            </MoodProvider>
            <ArticlesPanel />
            <div className="side">
              <SourcesPanel />
              <div id="alerts" tabIndex={-1}>
                <AlertsPanel />
              </div>
              <DigestsPanel />
              <AnalyzePanel />
            </div>
          </div>
        </main>
      )}
      <PageFooter />
      {help && <HelpDialog onClose={() => setHelp(false)} />}
    </>
  );
}
