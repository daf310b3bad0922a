import type { Driver, Drivers, Mood } from '@barometer/http-api/contract';
import { address } from '../../api/client';
import { Pull } from '../../components/pull';
import { formatTone } from '../../format/tone';
import { unmovedText } from '../../format/usual';
import { t } from '../../i18n/translate';
import { comparisonOf } from '../../state/use-mood';
import { useResource } from '../../state/use-resource';
import { useView } from '../../state/use-view';
import { scopeQuery } from '../../state/view';

const usualTitles = {
  'darker than usual': 'moved.title.darker',
  'as usual': 'moved.title.usual',
  'calmer than usual': 'moved.title.calmer',
} as const;

/**
 * The stories behind the verdict: up to three that lowered the mood and three that raised it, first those in the direction
 * of the whole, and what is left over; compared with the usual
 * range if there is one, else with the period before.
 */
export function WhatMovedIt({ mood: { usual, change } }: { mood: Pick<Mood, 'usual' | 'change'> }) {
  const [view] = useView();
  const { data } = useResource<Drivers>(address('/drivers', { ...scopeQuery(view), against: comparisonOf({ usual }) }));
  if (!data) return null;
  const unmoved = unmovedText(data);
  if (unmoved)
    return (
      <section className="what-moved" aria-label={t('moved.title')}>
        <h3>{unmoved.headline}</h3>
        <p className="muted">{unmoved.basis}</p>
      </section>
    );
  const { difference, rest } = data;
  if (difference === null || rest === null) return null;
  const moved = difference > 0 ? [...data.lifted, ...data.lowered] : [...data.lowered, ...data.lifted];
  if (moved.length === 0) return <p className="muted">{t('moved.none')}</p>;
  return (
    <section className="what-moved" aria-label={t('moved.title')}>
      <h3>{usual ? t(usualTitles[usual.word]) : change.kind === 'change' ? t('moved.title') : t(`moved.title.${change.kind}`)}</h3>
      <ul>
        {moved.map((driver) => (
          <MovedBy key={driver.id} driver={driver} />
        ))}
      </ul>
      <p className="muted">{t('moved.sum', { difference: formatTone(difference), rest: formatTone(rest) })}</p>
      {data.searched === 'largest' && <p className="muted">{t('moved.searched')}</p>}
    </section>
  );
}

function MovedBy({ driver }: { driver: Driver }) {
  const [, change] = useView();
  const { articleId, name, effect } = driver;
  const text = t('moved.quote', { name });
  return (
    <li>
      <Pull effect={effect} />
      <span className="pull-words">
        {articleId ? (
          <button type="button" className="link" onClick={() => change({ article: articleId })}>
            {text}
          </button>
        ) : (
          text
        )}{' '}
        <span className="muted">{wordsOf(driver)}</span>
      </span>
    </li>
  );
}

/** Smaller differences of tones would read 0.00. */
const LEAST_DIFFERENCE = 0.005;

/** How many articles there were, and their tone. */
function wordsOf({ articles, previousArticles, tone, previousTone }: Driver): string {
  if (previousArticles === null) return [t('count.articles', { count: articles }), ...(tone === null ? [] : [formatTone(tone)])].join(' · ');
  if (articles === 0) return t('moved.gone', { count: previousArticles });
  const told = previousArticles === 0 ? t('moved.new', { count: articles }) : t('moved.told', { count: articles, before: previousArticles });
  if (tone === null) return told;
  const isOther = previousTone !== null && Math.abs(tone - previousTone) >= LEAST_DIFFERENCE;
  return `${told} · ${isOther ? t('moved.was', { tone: formatTone(tone), before: formatTone(previousTone) }) : formatTone(tone)}`;
}
