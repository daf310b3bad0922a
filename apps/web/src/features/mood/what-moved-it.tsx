import type { Driver, Drivers, MoodChange } from '@barometer/http-api/contract';
import { address } from '../../api/client';
import { Pull } from '../../components/pull';
import { plural } from '../../format/numbers';
import { formatTone } from '../../format/tone';
import { useResource } from '../../state/use-resource';
import { useView } from '../../state/use-view';
import { scopeQuery } from '../../state/view';

/** An effect that reads 0.00 is none. */
const LEAST_EFFECT = 0.005;

const headings: Record<MoodChange['kind'], string> = {
  change: 'What moved it',
  'no-clear-change': 'What pulled most, though the whole has not clearly changed',
  'not-enough-history': 'What pulled most, by the little that is known of the time before',
};

/** The stories behind the difference from the period before: up to three that lowered the mood, and three that lifted it. */
export function WhatMovedIt({ change }: { change: MoodChange['kind'] }) {
  const [view] = useView();
  const { data } = useResource<Drivers>(address('/drivers', scopeQuery(view)));
  if (!data || data.difference === null) return null;
  const moved = [...data.lowered, ...data.lifted].filter(({ effect }) => Math.abs(effect) >= LEAST_EFFECT);
  if (moved.length === 0) return null;
  return (
    <section className="what-moved" aria-label="What moved it">
      <h3>{headings[change]}</h3>
      <ul>
        {moved.map((driver) => <MovedBy key={driver.id} driver={driver} />)}
      </ul>
    </section>
  );
}

function MovedBy({ driver }: { driver: Driver }) {
  const [, change] = useView();
  const { articleId, name, effect } = driver;
  const text = `“${name}”`;
  return (
    <li>
      <Pull effect={effect} />
      <span className="pull-words">
        {articleId ? <button type="button" className="link" onClick={() => change({ article: articleId })}>{text}</button> : text}{' '}
        <span className="muted">{wordsOf(driver)}</span>
      </span>
    </li>
  );
}

/** How much was told, and how it sounded. */
function wordsOf({ articles, previousArticles, tone, previousTone }: Driver): string {
  if (articles === 0) return `${plural(previousArticles, 'article')} before, none now`;
  const told = previousArticles === 0 ? `${plural(articles, 'article')}, new` : `${plural(articles, 'article')}, ${previousArticles} before`;
  const sounded = previousTone !== null && tone !== null && Math.abs(tone - previousTone) >= LEAST_EFFECT ? ` · ${formatTone(tone)}, was ${formatTone(previousTone)}` : tone === null ? '' : ` · ${formatTone(tone)}`;
  return told + sounded;
}
