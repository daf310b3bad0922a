import type { Mood, UsualWord } from '@barometer/http-api/contract';
import { address } from '../../api/client';
import { EmptyNote, ErrorNote, Skeleton } from '../../components/notes';
import { Panel } from '../../components/panel';
import { ShareBar } from '../../components/share-bar';
import { changeText } from '../../format/change';
import { formatCount, plural } from '../../format/numbers';
import { formatTone, sideOf, spokenTone, toneWord } from '../../format/tone';
import { usualText } from '../../format/usual';
import { useCatalog } from '../../state/use-catalog';
import { useConnectionState } from '../../state/use-connection';
import { usePreparing } from '../../state/use-preparing';
import { useResource } from '../../state/use-resource';
import { useView } from '../../state/use-view';
import { scopeQuery } from '../../state/view';
import { periodLabels } from '../header/period-labels';
import { OpenAlerts } from '../alerts/alerts-panel';
import { ToneScale } from './tone-scale';
import { WhatMovedIt } from './what-moved-it';

/** The answer to the page's question: how does the news feel, and what changed? */
export function MoodPanel() {
  const [view] = useView();
  const { topicName, sourceName } = useCatalog();
  const mood = useResource<Mood>(address('/mood', scopeQuery(view)));
  const preparing = usePreparing(mood, mood.data?.tone === null);
  const about = [view.topic && topicName(view.topic), view.source && sourceName(view.source)].filter(Boolean).join(' in ');
  const when = view.zoom ? 'the chosen hours' : periodLabels[view.period].words;
  return (
    <Panel name="mood" title="Mood now" stale={mood.stale && !!mood.data} aside={<p className="panel-note">{about || 'All news'}, {when}</p>}>
      {mood.error && !mood.data && <ErrorNote what="The mood" error={mood.error} onRetry={mood.retry} />}
      {(preparing || (!mood.data && !mood.error)) && <MoodSkeleton />}
      {mood.data && !preparing && (mood.data.tone === null ? <NoMood mood={mood.data} /> : <Figures mood={mood.data} tone={mood.data.tone} />)}
      <OpenAlerts />
    </Panel>
  );
}

const verdictSigns: Record<UsualWord, string> = { 'darker than usual': '▼', 'as usual': '●', 'calmer than usual': '▲' };

function Figures({ mood, tone }: { mood: Mood; tone: number }) {
  const change = changeText(mood.change);
  const usual = usualText(mood);
  const waiting = useConnectionState((state) => state.status?.waiting ?? 0);
  return (
    <>
      <p className={`mood-verdict${mood.usual ? '' : ' is-open'}`}>
        {mood.usual && <span aria-hidden="true">{verdictSigns[mood.usual.word]} </span>}
        {usual.headline}
      </p>
      <p className="mood-now">
        <span className={`mood-tone number is-${sideOf(tone)}`} role="img" aria-label={spokenTone(tone)}>
          {formatTone(tone)}
        </span>
        <span className="mood-word">{mood.word ?? toneWord(tone)}</span>
      </p>
      <ToneScale tone={tone} previous={mood.change.kind === 'change' ? mood.change.previousTone : undefined} usual={mood.usual} />
      <p className="mood-basis">{usual.basis}</p>
      <p className={`mood-change ${mood.change.kind}`} title={change.explanation}>
        {change.arrow && <span aria-hidden="true">{change.arrow} </span>}
        {change.text} <span className="mood-because">{change.because}</span>
      </p>
      <WhatMovedIt change={mood.change.kind} />
      <ShareBar counts={mood.counts} />
      <p className="mood-volume number">
        {plural(mood.volume, 'article')}
        {waiting > 0 && <> · {formatCount(waiting)} waiting for a score</>}
        {mood.observedHours < mood.hours && (
          <span className="muted" title="Hours in which no feed could be read are gaps, not zeros.">
            {' '}· {formatCount(mood.observedHours)} of {plural(mood.hours, 'hour')} watched
          </span>
        )}
      </p>
    </>
  );
}

function NoMood({ mood }: { mood: Mood }) {
  const [view, change] = useView();
  const waiting = useConnectionState((state) => state.status?.waiting ?? 0);
  const wider = periodLabels[view.period].wider;
  return (
    <EmptyNote
      actions={
        <>
          {view.zoom && <button type="button" onClick={() => change({ zoom: undefined })}>Show the whole period</button>}
          {!view.zoom && wider && <button type="button" onClick={() => change({ period: wider, bucket: undefined })}>Show {periodLabels[wider].words}</button>}
          {(view.topic || view.source) && <button type="button" onClick={() => change({ topic: undefined, source: undefined })}>Show all news</button>}
        </>
      }
    >
      No article of this {mood.topic || mood.source ? 'choice' : 'period'} has been scored{waiting > 0 ? ` yet; ${plural(waiting, 'article')} ${waiting === 1 ? 'waits' : 'wait'}` : ''}.
    </EmptyNote>
  );
}

const MoodSkeleton = () => (
  <>
    <Skeleton className="skeleton-tone" />
    <Skeleton lines={3} />
  </>
);
