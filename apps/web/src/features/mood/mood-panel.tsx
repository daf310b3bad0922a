import type { Mood, UsualWord } from '@barometer/http-api/contract';
import { useState } from 'react';
import { ActionButton } from '../../components/action-button';
import { lazyPart } from '../../components/lazy-part';
import { EmptyNote, ErrorNote, Skeleton } from '../../components/notes';
import { Panel } from '../../components/panel';
import { ShareBar } from '../../components/share-bar';
import { changeText } from '../../format/change';
import { scopeText } from '../../format/scope';
import { formatDayAndClock } from '../../format/times';
import { formatTone, sideOf, spokenTone, toneWord } from '../../format/tone';
import { usualText } from '../../format/usual';
import { t } from '../../i18n/translate';
import { useCatalog } from '../../state/use-catalog';
import { useConnectionState, useIsOld } from '../../state/use-connection';
import { usePreparing } from '../../state/use-preparing';
import { useMood } from '../../state/use-mood';
import { useWiderPeriod } from '../../state/use-periods';
import { useView } from '../../state/use-view';
import { OpenAlerts } from '../alerts/open-alerts';
import { ToneScale } from './tone-scale';
import { WhatMovedIt } from './what-moved-it';

const EmbedDialog = lazyPart(async () => (await import('../dialogs')).EmbedDialog);

/** The answer to the page's question: how does the news feel, and what changed? */
export function MoodPanel() {
  const [view] = useView();
  const { topicName, sourceName } = useCatalog();
  const mood = useMood();
  const tone = mood.data?.tone ?? null;
  const preparing = usePreparing(mood, mood.data?.tone === null);
  const about = scopeText(view.topic && topicName(view.topic), view.source ? sourceName(view.source) : view.group);
  const isOld = useIsOld();
  const period = t(`period.words.${view.zoom ? 'zoom' : view.period}`);
  return (
    <Panel
      name="mood"
      title={isOld ? t('mood.lastKnown') : t('mood.title')}
      stale={mood.stale && !!mood.data}
      aside={<p className="panel-note">{t('mood.about', { about: about ?? t('common.allNews'), period })}</p>}
    >
      {mood.error && !mood.data && <ErrorNote text={t('unread.mood')} error={mood.error} onRetry={mood.retry} />}
      {(preparing || (!mood.data && !mood.error)) && <MoodSkeleton />}
      {mood.data && !preparing && (tone === null ? <NoMood mood={mood.data} /> : <Figures mood={mood.data} tone={tone} />)}
      {!(mood.data && !preparing && tone !== null) && <OpenAlerts />}
      {mood.data && !mood.data.sample && !view.zoom && <Embed about={about ?? t('embed.allNews')} />}
    </Panel>
  );
}

function Embed({ about }: { about: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="mood-embed">
      <button type="button" className="small" onClick={() => setOpen(true)}>
        {t('embed.open')}
      </button>
      {isOpen && <EmbedDialog about={about} onClose={() => setOpen(false)} />}
    </div>
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
      <OpenAlerts />
      <p className="mood-now">
        <span className={`mood-tone number is-${sideOf(tone)}`} role="img" aria-label={spokenTone(tone)}>
          {formatTone(tone)}
        </span>
        <span className="mood-word">{t(`tone.${mood.word ?? toneWord(tone)}`)}</span>
      </p>
      <ToneScale tone={tone} previous={mood.change.kind === 'change' ? mood.change.previousTone : undefined} usual={mood.usual} />
      <p className="mood-basis">{usual.basis}</p>
      {/* If the tone is compared with its usual range, it does not matter that the period before was not observed. */}
      {(mood.change.kind !== 'not-enough-history' || !mood.usual) && (
        <p className={`mood-change ${mood.change.kind}`} title={change.explanation}>
          {change.arrow && <span aria-hidden="true">{change.arrow} </span>}
          {change.text} <span className="mood-because">{change.because}</span>
        </p>
      )}
      <WhatMovedIt mood={mood} />
      <ShareBar counts={mood.counts} />
      <p className="mood-volume number">
        {t('count.articles', { count: mood.volume })}
        {waiting > 0 && <> · {t('mood.waiting', { count: waiting })}</>}
        {mood.keptSince && <span className="muted"> · {t('kept.since', { time: formatDayAndClock(Date.parse(mood.keptSince)) })}</span>}
        {mood.observedHours < mood.hours && (
          <span className="muted" title={t('mood.watched.explained')}>
            {' '}
            · {t('mood.watched', { watched: mood.observedHours, count: mood.hours })}
          </span>
        )}
      </p>
    </>
  );
}

function NoMood({ mood }: { mood: Mood }) {
  const [view, change] = useView();
  const waiting = useConnectionState((state) => state.status?.waiting ?? 0);
  const wider = useWiderPeriod(view.period);
  const kind = mood.topic || mood.source || mood.group ? 'choice' : 'period';
  return (
    <EmptyNote
      actions={
        <>
          {view.zoom && <ActionButton onClick={() => change({ zoom: undefined })}>{t('period.show.whole')}</ActionButton>}
          {!view.zoom && wider && <ActionButton onClick={() => change({ period: wider, bucket: undefined })}>{t(`period.show.${wider}`)}</ActionButton>}
          {(view.topic || view.source || view.group) && (
            <ActionButton onClick={() => change({ topic: undefined, source: undefined, group: undefined })}>{t('mood.showAll')}</ActionButton>
          )}
        </>
      }
    >
      {waiting > 0 ? t(`mood.none.${kind}Waiting`, { count: waiting }) : t(`mood.none.${kind}`)}
    </EmptyNote>
  );
}

const MoodSkeleton = () => (
  <>
    <Skeleton className="skeleton-tone" />
    <Skeleton lines={3} />
  </>
);
