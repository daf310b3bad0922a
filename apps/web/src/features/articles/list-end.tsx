import type { Action } from '../../components/use-action';
import { formatDayAndClock } from '../../format/times';
import { t } from '../../i18n/translate';
import type { ShownArticles } from './article-list';

/** The end of the list: a button for more, or how far the search went. */
export function ListEnd({ shown, older }: { shown: ShownArticles; older: Action<[]> }) {
  if (!shown.cursor) return shown.items.length > 10 ? <p className="list-end muted">{t('articles.all')}</p> : null;
  return (
    <div className="list-end">
      <button type="button" disabled={older.busy} onClick={() => void older.run()}>
        {older.busy ? t('common.loading') : t('articles.more')}
      </button>
      <span className="muted number">{t('articles.searchedTo', { time: formatDayAndClock(shown.searchedTo) })}</span>
      {older.error && (
        <p className="field-error" role="alert">
          {older.error.message}
        </p>
      )}
    </div>
  );
}
