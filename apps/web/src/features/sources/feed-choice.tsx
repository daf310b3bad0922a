import type { SourcePreview } from '@barometer/http-api/contract';
import { t } from '../../i18n/translate';

interface Props {
  readonly feeds: SourcePreview['feeds'];
  readonly chosen: string | undefined;
  readonly busy: boolean;
  readonly onChoose: (url: string) => void;
}

/** The feeds that a site offers; the selected one is previewed and added. */
export function FeedChoice({ feeds, chosen, busy, onChoose }: Props) {
  return (
    <fieldset className="feed-choice" aria-busy={busy}>
      <legend>{t('source.feeds', { count: feeds.length })}</legend>
      {feeds.map(({ url, title }) => (
        <label key={url}>
          <input type="radio" name="feed" checked={url === chosen} onChange={() => onChoose(url)} />
          <span>
            {title && <span dir="auto">{title}</span>}
            <span className="muted feed-choice-url">{url}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
