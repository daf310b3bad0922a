import type { Article, Label } from '@barometer/http-api/contract';
import { api } from '../../api/client';
import { TimeAgo } from '../../components/time-ago';
import { useAction } from '../../components/use-action';
import { formatTone } from '../../format/tone';
import { useConnection, useConnectionState, useMayWrite } from '../../state/use-connection';

const choices: readonly Label[] = ['negative', 'neutral', 'positive'];

/** How a reader reads a scored article, which counts instead of the model's label; whoever may write says so here, or takes it back. */
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
  if (!sentiment) return null;
  return (
    <div className="reader-judgement">
      {judgement && (
        <p>A reader says: <b className={`is-${judgement.label}`}>{judgement.label}</b>, <TimeAgo at={judgement.at} />. It counts with {formatTone(sentiment.tone)}; the model’s score stands below.</p>
      )}
      {mayWrite && !sample && (
        <div role="group" aria-label="How do you read it?" className="judge">
          <span aria-hidden="true">Reads as</span>
          {choices.map((label) => (
            <button key={label} type="button" className={`small is-${label}`} aria-pressed={judgement?.label === label} disabled={judge.busy} onClick={() => void judge.run(label)}>{label}</button>
          ))}
          {judgement && <button type="button" className="small" disabled={judge.busy} onClick={() => void judge.run(undefined)}>Take back</button>}
        </div>
      )}
      {judge.error && <p className="field-error" role="alert">{judge.error.message}</p>}
    </div>
  );
}
