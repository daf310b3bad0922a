import { useState } from 'react';
import { AlertsPanel } from './features/alerts/alerts-panel';
import { AnalyzePanel } from './features/analyze/analyze-panel';
import { ArticlesPanel } from './features/articles/articles-panel';
import { Banners } from './features/header/banners';
import { PageHeader } from './features/header/page-header';
import { SignIn } from './features/header/sign-in';
import { HelpDialog } from './features/help/help-dialog';
import { useKeys } from './features/help/use-keys';
import { MoodPanel } from './features/mood/mood-panel';
import { SourcesPanel } from './features/sources/sources-panel';
import { StoriesPanel } from './features/stories/stories-panel';
import { TimelinePanel } from './features/timeline/timeline-panel';
import { TopicsPanel } from './features/topics/topics-panel';
import { useConnectionState } from './state/use-connection';

export function App() {
  const [help, setHelp] = useState(false);
  const locked = useConnectionState(({ link }) => link === 'locked');
  useKeys({ onHelp: () => setHelp(true) });
  return (
    <>
      {!locked && (
        <a className="skip" href="#articles">
          Skip to the articles
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
            <MoodPanel />
            <div className="beside-mood">
              <TimelinePanel />
              <StoriesPanel />
            </div>
            <TopicsPanel />
            <ArticlesPanel />
            <div className="side">
              <SourcesPanel />
              <div id="alerts" tabIndex={-1}>
                <AlertsPanel />
              </div>
              <AnalyzePanel />
            </div>
          </div>
        </main>
      )}
      {help && <HelpDialog onClose={() => setHelp(false)} />}
    </>
  );
}
