import { ActionButton } from '../../components/action-button';
import { EmptyNote } from '../../components/notes';
import { t } from '../../i18n/translate';
import { useCatalog } from '../../state/use-catalog';
import { useWiderPeriod } from '../../state/use-periods';
import { useView } from '../../state/use-view';

/** Why the list is empty, and what to do next. */
export function NoArticles() {
  const [view, change] = useView();
  const { sources } = useCatalog();
  const wider = useWiderPeriod(view.period);
  const narrowed = view.search ?? view.label ?? view.topic ?? view.source ?? view.group;
  if (sources.data?.items.length === 0)
    return (
      <EmptyNote
        actions={
          <a className="button" href="#sources">
            {t('articles.toSources')}
          </a>
        }
      >
        {t('articles.noSource')}
      </EmptyNote>
    );
  return (
    <EmptyNote
      actions={
        <>
          {narrowed && (
            <ActionButton onClick={() => change({ search: undefined, label: undefined, topic: undefined, source: undefined, group: undefined })}>
              {t('articles.clear')}
            </ActionButton>
          )}
          {view.zoom && <ActionButton onClick={() => change({ zoom: undefined })}>{t('period.show.whole')}</ActionButton>}
          {!view.zoom && wider && <ActionButton onClick={() => change({ period: wider, bucket: undefined })}>{t(`period.show.${wider}`)}</ActionButton>}
        </>
      }
    >
      {narrowed ? t('articles.noneFits') : t('articles.noneInPeriod')}
    </EmptyNote>
  );
}
