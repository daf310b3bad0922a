import { useId } from 'react';

interface AdvancedSourceFieldsProps {
  readonly userAgent: string;
  readonly onUserAgent: (userAgent: string) => void;
  /** Whether they are shown without being asked for. */
  readonly open?: boolean;
}

/** What few sources need. It opens by itself where something is set. */
export function AdvancedSourceFields({ userAgent, onUserAgent, open = false }: AdvancedSourceFieldsProps) {
  const hint = useId();
  return (
    <details className="advanced" open={open || userAgent !== '' || undefined}>
      <summary>Advanced</summary>
      <label className="field">
        <span>User-Agent for this source</span>
        <input
          autoComplete="off"
          spellCheck={false}
          maxLength={300}
          pattern="[ -~]*"
          title="Letters, digits and signs of ASCII"
          aria-describedby={hint}
          value={userAgent}
          onChange={(event) => onUserAgent(event.target.value)}
        />
      </label>
      <p id={hint} className="muted">What its host is told of who asks, for hosts that let in only browsers or programs that they know. Empty: the same as for all sources.</p>
    </details>
  );
}
