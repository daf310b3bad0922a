import { useId } from 'react';
import { t } from '../../i18n/translate';

interface AdvancedSourceFieldsProps {
  readonly userAgent: string;
  readonly onUserAgent: (userAgent: string) => void;
  /** Whether the fields are open from the start. */
  readonly open?: boolean;
}

/** Settings that few sources need, open from the start if one of them is set. */
export function AdvancedSourceFields({ userAgent, onUserAgent, open = false }: AdvancedSourceFieldsProps) {
  const hint = useId();
  return (
    <details className="advanced" open={open || userAgent !== '' || undefined}>
      <summary>{t('common.advanced')}</summary>
      <label className="field">
        <span>{t('source.userAgent')}</span>
        <input
          autoComplete="off"
          spellCheck={false}
          maxLength={300}
          pattern="[ -~]*"
          title={t('source.userAgent.rule')}
          aria-describedby={hint}
          value={userAgent}
          onChange={(event) => onUserAgent(event.target.value)}
        />
      </label>
      <p id={hint} className="muted">
        {t('source.userAgent.help')}
      </p>
    </details>
  );
}
