import type { Action } from '../../components/use-action';
import { formatDayAndClock } from '../../format/times';
import type { ShownArticles } from './article-list';

/** The foot of the list: more, or how far the search went. */
export function ListEnd({ shown, older }: { shown: ShownArticles; older: Action<[]> }) {
  if (!shown.cursor) return shown.items.length > 10 ? <p className="list-end muted">These are all.</p> : null;
  return (
    <div className="list-end">
      <button type="button" disabled={older.busy} onClick={() => void older.run()}>
        {older.busy ? 'Loading …' : 'Load more'}
      </button>
      <span className="muted number">searched back to {formatDayAndClock(shown.searchedTo)}</span>
      {older.error && <p className="field-error" role="alert">{older.error.message}</p>}
    </div>
  );
}
