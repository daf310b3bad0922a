import type { ReactNode } from 'react';
import { ProblemError } from '../api/errors';
import { t } from '../i18n/translate';
import { useView } from '../state/use-view';
import { ActionButton } from './action-button';

interface ErrorNoteProps {
  readonly text: string;
  readonly error: Error;
  readonly onRetry: () => void;
  /** What to do if it does not exist, if that is something else than to show all news. */
  readonly leave?: { readonly text: string; readonly act: () => void } | undefined;
}

/** Says what failed; the resource is read again by itself, or at once with the button. If that cannot help, the button leads out. */
export function ErrorNote({ text, error, onRetry, leave }: ErrorNoteProps) {
  const [view, change] = useView();
  const problem = error instanceof ProblemError ? error : undefined;
  const { isFinal = false, missing } = problem ?? {};
  // An old link may ask for more than is kept now.
  const shorter = problem?.fieldMessage('period') !== undefined && { text: t('period.show.24h'), act: () => change({ period: '24h', bucket: undefined }) };
  const showAll = (view.topic ?? view.source ?? view.group) && {
    text: t('mood.showAll'),
    act: () => change({ topic: undefined, source: undefined, group: undefined }),
  };
  const action = (isFinal && (shorter || leave || showAll)) || { text: t('common.tryNow'), act: onRetry };
  return (
    <div className="note is-error" role="alert">
      {missing ? (
        <p>{t(`gone.${missing}`)}</p>
      ) : (
        <p>
          <b>{text}</b> {error.message.replace(/\.$/, '')}. {!isFinal && t('error.retrying')}
        </p>
      )}
      <ActionButton className="small" onClick={action.act}>
        {action.text}
      </ActionButton>
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

/** Grey bars in place of content that is still loading. */
export function Skeleton({ lines = 1, className = '' }: { lines?: number; className?: string }) {
  return (
    <div className={`skeleton ${className}`} aria-hidden="true">
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} />
      ))}
    </div>
  );
}
