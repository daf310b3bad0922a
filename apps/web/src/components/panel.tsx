import { useId, type ReactNode } from 'react';

interface PanelProps {
  readonly name: string;
  readonly title: string;
  /** Shown at the right of the heading. */
  readonly aside?: ReactNode;
  /** The data belong to the previous filters; shown paler until the new ones arrive. */
  readonly stale?: boolean;
  readonly children: ReactNode;
}

/** A landmark with a heading. */
export function Panel({ name, title, aside, stale = false, children }: PanelProps) {
  const heading = useId();
  return (
    <section className={`panel panel-${name}`} aria-labelledby={heading} aria-busy={stale}>
      <header className="panel-head">
        <h2 id={heading}>{title}</h2>
        {aside}
      </header>
      <div className={stale ? 'panel-body stale' : 'panel-body'}>{children}</div>
    </section>
  );
}
