import type { BreakdownRow, Driver, MoodChange, Topic } from '@barometer/http-api/contract';
import { Pull } from '../../components/pull';
import { Sparkline } from '../../components/sparkline';
import { ToneFigure } from '../../components/tone-figure';
import { ShareBar } from '../../components/share-bar';
import { changeText } from '../../format/change';
import { formatCount } from '../../format/numbers';
import { formatSize, formatTone, toneText } from '../../format/tone';
import { t } from '../../i18n/translate';
import { withoutUsual, type Comparison } from '../../format/row-usual';
import { useView } from '../../state/use-view';

interface TopicRowProps {
  readonly row: BreakdownRow;
  /** How far the topic moved the mood, and the headline behind that; absent if there is nothing to compare with. */
  readonly driver: Driver | undefined;
  /** Whether other topics are told by what they moved. */
  readonly others: boolean;
  /** Absent until that is known. */
  readonly against: Comparison | undefined;
  readonly topic: Topic | undefined;
  readonly editable: boolean;
  readonly onEdit: (() => void) | undefined;
}

export function TopicRow({ row, driver, others, against, topic, editable, onEdit }: TopicRowProps) {
  const [view, change] = useView();
  const chosen = view.topic === row.id;
  // A headline explains a topic's tone; it explains nothing if the topic's effect comes from its number of articles.
  const isTold = driver?.articleId !== undefined && driver.toneEffect * driver.effect > 0;
  return (
    <tr className={`${chosen ? 'chosen' : ''} ${row.volume === 0 ? 'quiet' : ''}`}>
      <th scope="row">
        <button
          type="button"
          className="link"
          aria-pressed={chosen}
          title={chosen ? t('topics.all') : t('topics.only')}
          onClick={() => change({ topic: chosen ? undefined : row.id })}
        >
          {row.name}
        </button>
        {(topic?.backfilling || !row.ready) && (
          <span className="tag" title={t('topics.searching.explained')}>
            {t('topics.searching')}
          </span>
        )}
      </th>
      <RowFigures row={row} against={against} />
      <td className="mover">
        {isTold && (
          <button type="button" className="link headline" title={driver.headline} onClick={() => change({ article: driver.articleId })}>
            <Pull effect={driver.effect} /> <span dir="auto">{driver.headline}</span>
          </button>
        )}
        {!isTold && (others ? <Unexplained row={row} driver={driver} against={against} /> : <TopHeadline row={row} />)}
      </td>
      {editable && (
        <td className="edit">
          {onEdit && (
            <button type="button" className="small quiet" aria-label={t('topics.edit', { name: row.name })} onClick={onEdit}>
              {t('common.edit')}
            </button>
          )}
        </td>
      )}
    </tr>
  );
}

/** Number of articles, tone and trend: three cells of a row. */
export function RowFigures({ row, against }: { row: BreakdownRow; against: Comparison | undefined }) {
  return (
    <>
      <td className="figure volume">
        <span className="number">{formatCount(row.volume)}</span>
        <span className="unit"> {t('topics.unit', { count: row.volume })}</span>
        <ShareBar counts={row.counts} legend={false} />
      </td>
      <td className="figure tone-cell">
        <ToneFigure tone={row.tone} />
        <span className="word">{row.tone === null ? '' : toneText(row.tone)}</span>
        {against === 'usual' && <RowVerdict row={row} />}
        {against === 'before' && <RowChange change={row.change} />}
      </td>
      <td className="trend">
        <Sparkline values={row.sparkline} name={row.name} />
      </td>
    </>
  );
}

/** What stands beside headlines that moved the mood for a topic without one; nothing where its verdict says that no usual tone is known. */
function Unexplained({ row, driver, against }: Pick<TopicRowProps, 'row' | 'driver' | 'against'>) {
  if (row.volume === 0 || (against === 'usual' && withoutUsual(row))) return null;
  if (!driver) return <span className="muted">{t('topics.moved.little')}</span>;
  return (
    <>
      <Pull effect={driver.effect} /> <span className="muted">{t('topics.moved.volume')}</span>
    </>
  );
}

/** The headline of a row with the clearest tone, which opens its article. */
export function TopHeadline({ row: { topArticle: top } }: { row: BreakdownRow }) {
  const [, change] = useView();
  if (!top) return null;
  return (
    <button type="button" className="link headline" title={top.title} onClick={() => change({ article: top.id })}>
      <ToneFigure tone={top.tone} /> <span dir="auto">{top.title}</span>
    </button>
  );
}

const arrows = { 'darker than usual': '▼ ', 'as usual': '', 'calmer than usual': '▲ ' } as const;

/** Whether the tone of the row is usual, or why that is not known; nothing where no tone is. */
function RowVerdict({ row }: { row: BreakdownRow }) {
  const { usual } = row;
  const none = withoutUsual(row);
  if (none)
    return (
      <span className="row-verdict" title={none.basis}>
        {none.headline}
      </span>
    );
  if (!usual) return null;
  return (
    <span className="row-verdict" title={t('usual.range', { low: formatTone(usual.low), high: formatTone(usual.high) })}>
      <span aria-hidden="true">{arrows[usual.word]}</span>
      {t(`usual.word.${usual.word}`)}
    </span>
  );
}

/** An arrow if the topic changed beyond the noise; otherwise nothing. */
function RowChange({ change }: { change: MoodChange }) {
  if (change.kind !== 'change') return null;
  const { arrow, text } = changeText(change);
  return (
    <span className="row-change number" role="img" aria-label={text} title={text}>
      {arrow} {formatSize(change.delta)}
    </span>
  );
}
