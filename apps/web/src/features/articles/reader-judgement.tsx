import type { Article, Label } from '@barometer/http-api/contract';
import { api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { TimeAgo } from '../../components/time-ago';
import { useAction } from '../../components/use-action';
import { formatTone } from '../../format/tone';
import { rich, t } from '../../i18n/translate';
import { useConnection, useConnectionState, useMayWrite } from '../../state/use-connection';

const choices: readonly Label[] = ['negative', 'neutral', 'positive'];

/**
 * A reader's judgement of an article that is scored or was skipped for its language; it counts instead of the model's
 * label. Readers with write access give or withdraw it here.
 */
export function ReaderJudgement({ article, onChanged }: { article: Article; onChanged: (article: Article) => void }) {
  const { id, judgement, sentiment } = article;
  const connection = useConnection();
  const mayWrite = useMayWrite();
  const sample = useConnectionState(({ capabilities }) => capabilities?.sample);
  const judge = useAction(async (label: Label | undefined) => {
    const path = `/articles/${id}/judgement`;
    onChanged(label ? await api.send<Article>('PUT', path, { label }) : await api.send<Article>('DELETE', path));
    connection.refresh();
  });
  // A reader can judge an article even if it was skipped for its language.
  if (!sentiment && !(article.state === 'skipped' && article.reason === 'language')) return null;
  return (
    <div className="reader-judgement">
      {judgement && sentiment && (
        <p>
          {rich('judge.says', {
            label: <b className={`is-${judgement.label}`}>{t(`label.${judgement.label}`)}</b>,
            ago: <TimeAgo at={judgement.at} />,
            tone: formatTone(sentiment.tone),
          })}
        </p>
      )}
      {mayWrite && !sample && (
        <div role="group" aria-label={t('judge.ask')} className="judge">
          <span aria-hidden="true">{t('judge.reads')}</span>
          {choices.map((label) => (
            <ActionButton
              key={label}
              className={`small is-${label}`}
              aria-pressed={judgement?.label === label}
              disabled={judge.busy}
              onClick={() => void judge.run(label)}
            >
              {t(`label.${label}`)}
            </ActionButton>
          ))}
          {judgement && (
            <ActionButton className="small" disabled={judge.busy} onClick={() => void judge.run(undefined)}>
              {t('judge.takeBack')}
            </ActionButton>
          )}
        </div>
      )}
      {judge.error && (
        <p className="field-error" role="alert">
          {judge.error.message}
        </p>
      )}
    </div>
  );
}
