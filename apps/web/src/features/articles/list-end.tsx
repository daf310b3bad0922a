import { ActionButton } from '../../components/action-button';
import type { Action } from '../../components/use-action';
import { formatDayAndClock } from '../../format/times';
import { t } from '../../i18n/translate';
import type { ShownArticles } from './article-list';

/** The end of the list: a button for more, or how far the search went. */
export function ListEnd({ shown, older }: { shown: ShownArticles; older: Action<[]> }) {
  if (!shown.cursor && shown.items.length <= 10) return null;
  return (
    <div role="group" className="list-end">
      {shown.cursor && (
        <ActionButton disabled={older.busy} onClick={() => void older.run()}>
          {older.busy ? t('common.loading') : t('articles.more')}
        </ActionButton>
      )}
      <span className="muted number">{shown.cursor ? t('articles.searchedTo', { time: formatDayAndClock(shown.searchedTo) }) : t('articles.all')}</span>
      {older.error && (
        <p className="field-error" role="alert">
          {older.error.message}
        </p>
      )}
    </div>
  );
}
