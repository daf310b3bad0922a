import type { TopicPreview, TopicRule } from '@barometer/http-api/contract';
import { useEffect, useState } from 'react';
import { api } from '../../api/client';
import { Skeleton } from '../../components/notes';
import { ToneFigure } from '../../components/tone-figure';
import { t } from '../../i18n/translate';

const DEBOUNCE_MS = 350;

/** What a rule would match among recent articles, requested a moment after the last key press. */
export function TopicPreviewList({ rule }: { rule: TopicRule | undefined }) {
  const [preview, setPreview] = useState<TopicPreview>();
  const [error, setError] = useState<Error>();
  const wanted = rule && JSON.stringify(rule);
  useEffect(() => {
    if (!wanted) return setPreview(undefined);
    const abort = new AbortController();
    const ask = async () => {
      try {
        setPreview(await api.send<TopicPreview>('POST', '/topics/preview', JSON.parse(wanted) as TopicRule, abort.signal));
        setError(undefined);
      } catch (cause) {
        if (!abort.signal.aborted) setError(cause as Error);
      }
    };
    const timer = setTimeout(() => void ask(), DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [wanted]);

  return (
    <section className="editor-preview" aria-label={t('topics.preview')} aria-live="polite">
      <h3>{preview ? t('topics.matches', { matched: preview.matched, count: preview.searched }) : t('topics.preview')}</h3>
      {error && <p className="field-error">{error.message}</p>}
      {!wanted && <p className="muted">{t('topics.type')}</p>}
      {wanted && !preview && !error && <Skeleton lines={4} />}
      {preview && preview.matched === 0 && <p className="muted">{t('topics.noMatch')}</p>}
      <ul>
        {preview?.examples.slice(0, 8).map(({ id, title, sentiment }) => (
          <li key={id}>
            <ToneFigure tone={sentiment?.tone ?? null} /> <span dir="auto">{title}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
