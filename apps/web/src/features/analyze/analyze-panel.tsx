import type { AnalyzeResponse } from '@barometer/http-api/contract';
import { useState, type FormEvent, type KeyboardEvent } from 'react';
import { api } from '../../api/client';
import { ActionButton } from '../../components/action-button';
import { Panel } from '../../components/panel';
import { ScoreBars } from '../../components/score-bars';
import { useAction } from '../../components/use-action';
import { formatBytes } from '../../format/numbers';
import { formatTone, sideOf, toneText } from '../../format/tone';
import { t } from '../../i18n/translate';
import { useConnectionState } from '../../state/use-connection';

/** Scores any text, with the model that scores the news. */
export function AnalyzePanel() {
  const [text, setText] = useState('');
  const [result, setResult] = useState<AnalyzeResponse['results'][number]>();
  const analyze = useAction(async () => {
    const { results } = await api.send<AnalyzeResponse>('POST', '/analyze', { texts: [text] });
    setResult(results[0]);
  });
  const most = useConnectionState(({ capabilities }) => capabilities?.limits.textBytes ?? Infinity);
  const size = text.length > most / 4 ? new TextEncoder().encode(text).length : 0;
  const ready = text.trim() !== '' && size <= most && !analyze.busy;
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (ready) void analyze.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
  };
  return (
    <Panel name="analyze" title={t('analyze.title')}>
      <form onSubmit={submit} className="analyze">
        <textarea
          aria-label={t('analyze.text')}
          rows={2}
          placeholder={t('analyze.hint')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <ActionButton type="submit" disabled={!ready}>
          {analyze.busy ? t('analyze.scoring') : t('analyze.submit')}
        </ActionButton>
      </form>
      <div aria-live="polite">
        {size > most && <p className="field-error">{t('analyze.tooLong', { size: formatBytes(size), most: formatBytes(most) })}</p>}
        {analyze.error && <p className="field-error">{analyze.error.message}</p>}
        {result && !analyze.error && (
          <div className="analyzed">
            <p>
              <b className={`tone number is-${sideOf(result.tone)}`}>{formatTone(result.tone)}</b> {toneText(result.tone)}
            </p>
            <ScoreBars sentiment={result} />
          </div>
        )}
      </div>
    </Panel>
  );
}
