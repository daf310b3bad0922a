import type { BreakdownRow, Driver, MoodChange, Topic } from '@barometer/http-api/contract';
import { Pull } from '../../components/pull';
import { Sparkline } from '../../components/sparkline';
import { ToneFigure } from '../../components/tone-figure';
import { ShareBar } from '../../components/share-bar';
import { changeText } from '../../format/change';
import { formatCount } from '../../format/numbers';
import { formatTone, toneWord } from '../../format/tone';
import { useView } from '../../state/use-view';

interface TopicRowProps {
  readonly row: BreakdownRow;
  /** What the topic moved the mood by, and the headline behind it; absent where there is nothing to compare with. */
  readonly driver: Driver | undefined;
  readonly topic: Topic | undefined;
  readonly editable: boolean;
  readonly onEdit: (() => void) | undefined;
}

export function TopicRow({ row, driver, topic, editable, onEdit }: TopicRowProps) {
  const [view, change] = useView();
  const chosen = view.topic === row.id;
  const top = row.topArticle;
  return (
    <tr className={`${chosen ? 'chosen' : ''} ${row.volume === 0 ? 'quiet' : ''}`}>
      <th scope="row">
        <button type="button" className="link" aria-pressed={chosen} title={chosen ? 'Show all topics' : 'Show only this topic'} onClick={() => change({ topic: chosen ? undefined : row.id })}>
          {row.name}
        </button>
        {(topic?.backfilling || !row.ready) && <span className="tag" title="Articles of the last 30 days are being searched; figures are of the phrases before until that is done.">searching</span>}
      </th>
      <td className="figure volume">
        <span className="number">{formatCount(row.volume)}</span>
        <span className="unit"> {row.volume === 1 ? 'article' : 'articles'}</span>
        <ShareBar counts={row.counts} legend={false} />
      </td>
      <td className="figure tone-cell">
        <ToneFigure tone={row.tone} />
        <span className="word">{row.tone === null ? '' : toneWord(row.tone)}</span>
        <RowChange change={row.change} />
      </td>
      <td className="trend">
        <Sparkline values={row.sparkline} name={row.name} />
      </td>
      <td className="mover">
        {driver?.articleId !== undefined && (
          <button type="button" className="link headline" title={driver.headline} onClick={() => change({ article: driver.articleId })}>
            <Pull effect={driver.effect} /> <span dir="auto">{driver.headline}</span>
          </button>
        )}
        {driver?.articleId === undefined && top && (
          <button type="button" className="link headline" title={top.title} onClick={() => change({ article: top.id })}>
            <ToneFigure tone={top.tone} /> <span dir="auto">{top.title}</span>
          </button>
        )}
      </td>
      {editable && (
        <td className="edit">
          {onEdit && <button type="button" className="small quiet" aria-label={`Edit topic ${row.name}`} onClick={onEdit}>Edit</button>}
        </td>
      )}
    </tr>
  );
}

/** An arrow where the topic changed beyond the noise; nothing where nothing may be claimed. */
function RowChange({ change }: { change: MoodChange }) {
  if (change.kind !== 'change') return null;
  const { arrow, text } = changeText(change);
  return (
    <span className="row-change number" role="img" aria-label={text} title={text}>
      {arrow} {formatTone(Math.abs(change.delta)).replace('+', '')}
    </span>
  );
}
