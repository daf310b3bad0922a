import type { Source } from '@barometer/http-api/contract';
import type { ReactNode } from 'react';
import { TimeAgo } from '../../components/time-ago';
import { formatBytes, formatCount } from '../../format/numbers';
import type { Key } from '../../i18n/messages';
import { t } from '../../i18n/translate';

type FactKey = Extract<Key, `facts.${string}`>;

/** Figures about a source's polling; unknown ones are left out. */
export function SourceFacts({ source: { health, intervalMinutes, userAgent, groups, language } }: { source: Source }) {
  const facts: readonly (readonly [FactKey, ReactNode])[] = [
    ['facts.lastRead', health.lastSuccessAt ? <TimeAgo at={health.lastSuccessAt} /> : t('facts.never')],
    ['facts.nextPoll', <TimeAgo at={health.nextPollAt} />],
    ['facts.every', t('count.minutes', { count: intervalMinutes })],
    ['facts.polls', formatCount(health.polls)],
    ['facts.failures', health.failures > 0 && formatCount(health.failures)],
    ['facts.articles', formatCount(health.articles)],
    ['facts.saved', health.bytesSaved > 0 && formatBytes(health.bytesSaved)],
    ['facts.groups', groups.join(', ')],
    ['facts.language', language],
    ['facts.askedAs', userAgent],
  ];
  return (
    <dl className="facts">
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{t(name)}</dt>
              <dd className="number">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
