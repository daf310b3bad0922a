import type { Article } from '@barometer/http-api/contract';
import { api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { ExternalLink } from '../../components/external-link';
import { ScoreBars } from '../../components/score-bars';
import { useAction } from '../../components/use-action';
import { hostOf, linkable } from '../../format/links';
import { t } from '../../i18n/translate';
import { useCatalog } from '../../state/use-catalog';
import { useConnection, useMayWrite } from '../../state/use-connection';
import { useView } from '../../state/use-view';
import { JourneyList } from './journey-list';
import { ReaderJudgement } from './reader-judgement';
import { reasonText } from './state-words';
import { WhyThisScore } from './why-this-score';

/** Everything about an article: summary, scores, model, journey, and the link to the publisher. */
export function ArticleDetail({ id, article, onChanged }: { id: string; article: Article; onChanged: (article: Article) => void }) {
  const { topicName, sourceName } = useCatalog();
  const [, change] = useView();
  const link = linkable(article.url);
  const modelSentiment = article.modelSentiment ?? article.sentiment;
  return (
    <div id={id} className="detail">
      {article.summary && (
        <p className="summary" dir="auto">
          {article.summary}
        </p>
      )}
      <div className="detail-columns">
        <section aria-label={t('article.scores')}>
          <h4>{t('article.sounds')}</h4>
          <ReaderJudgement article={article} onChanged={onChanged} />
          {modelSentiment ? <ScoreBars sentiment={modelSentiment} /> : <p className="muted">{reasonText(article.state, article.reason)}</p>}
          {modelSentiment && <WhyThisScore id={article.id} />}
          {article.state === 'failed' && <Redrive id={article.id} />}
        </section>
        <section aria-label={t('article.journey')}>
          <h4>{t('article.itsJourney')}</h4>
          <JourneyList article={article} />
        </section>
      </div>
      <div className="detail-foot">
        {link ? (
          <ExternalLink className="button primary" href={link}>
            {t('article.readAt', { host: hostOf(link) })}
          </ExternalLink>
        ) : (
          <span className="muted">{t('article.noAddress')}</span>
        )}
        <ul className="chips" aria-label={t('article.sourcesAndTopics')}>
          {article.sourceIds.map((source) => (
            <li key={source}>
              <button type="button" className="chip" onClick={() => change({ source })}>
                {sourceName(source)}
              </button>
            </li>
          ))}
          {article.topicIds.map((topic) => (
            <li key={topic}>
              <button type="button" className="chip" onClick={() => change({ topic })}>
                {topicName(topic)}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Redrive({ id }: { id: string }) {
  const connection = useConnection();
  const mayWrite = useMayWrite();
  const again = useAction(async () => {
    await api.send('POST', `/articles/${id}/redrive`);
    connection.refresh();
  });
  if (!mayWrite) return null;
  return (
    <>
      <ActionButton className="small" disabled={again.busy} onClick={() => void again.run()}>
        {t('article.scoreAgain')}
      </ActionButton>
      {again.error && (
        <p className="field-error" role="alert">
          {again.error.message}
        </p>
      )}
    </>
  );
}
