import type { ReactNode } from 'react';

/** Says what failed; the resource retries by itself, and at once on demand. */
export function ErrorNote({ what, error, onRetry }: { what: string; error: Error; onRetry: () => void }) {
  return (
    <div className="note is-error" role="alert">
      <p>
        <b>{what} could not be read.</b> {error.message}. Trying again by itself.
      </p>
      <button type="button" className="small" onClick={onRetry}>
        Try now
      </button>
    </div>
  );
}

/** Why there is nothing here, and what to do next. */
export function EmptyNote({ children, actions }: { children: ReactNode; actions?: ReactNode }) {
  return (
    <div className="note">
      <p>{children}</p>
      {actions && <div className="actions">{actions}</div>}
    </div>
  );
}

/** Grey bars in the place of what is on its way. */
export function Skeleton({ lines = 1, className = '' }: { lines?: number; className?: string }) {
  return (
    <div className={`skeleton ${className}`} aria-hidden="true">
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} />
      ))}
    </div>
  );
}
