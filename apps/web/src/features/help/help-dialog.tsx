import { Dialog } from '../../components/dialog';

const keys: readonly (readonly [readonly string[], string])[] = [
  [['/'], 'Search the articles'],
  [['j', 'k'], 'Next, previous article'],
  [['o', 'Enter'], 'Open or close the article'],
  [['Esc'], 'Close what is open'],
  [['←', '→'], 'Walk the timeline, once it has the focus'],
  [['Shift ←', 'Shift →'], 'Select a stretch of the timeline; Enter zooms'],
  [['?'], 'This list'],
];

export function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys and reading help" onClose={onClose}>
      <dl className="keys">
        {keys.map(([names, meaning]) => (
          <div key={meaning}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <h3>How to read the tone</h3>
      <p>
        The tone of an article is the probability that it sounds positive less the probability that it sounds negative:
        from −1 to +1. The mood is the mean over all scored articles of the period.
      </p>
      <ul className="legend-list">
        <li><span className="mark is-positive" aria-hidden="true" /> positive, above zero</li>
        <li><span className="mark is-neutral" aria-hidden="true" /> neutral, close to zero</li>
        <li><span className="mark is-negative" aria-hidden="true" /> negative, below zero</li>
        <li><span className="mark is-negative hollow" aria-hidden="true" /> hollow: the model is unsure</li>
      </ul>
      <p className="muted">A hatched stretch of the timeline was not watched: nobody polled, so nothing is known of it.</p>
    </Dialog>
  );
}
