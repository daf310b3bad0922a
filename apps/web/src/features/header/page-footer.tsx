import { TimeAgo } from '../../components/time-ago';
import { t } from '../../i18n/translate';
import { useConnectionState } from '../../state/use-connection';
import { canaryText, isCanaryTrouble } from './canary-text';
import { LanguageChoice } from './language-choice';

/** The page's footer: whether the canary, a sentence with a known tone, came through, and when; and the language. */
export function PageFooter() {
  const canary = useConnectionState(({ link, status }) => (link === 'locked' ? undefined : status?.canary));
  return (
    <footer className="page-footer">
      {canary ? (
        <p className={isCanaryTrouble(canary) ? 'is-trouble' : undefined} title={canary.message}>
          {canaryText(canary)}
          {canary.sentAt && (
            <>
              {' · '}
              <TimeAgo at={canary.sentAt} />
            </>
          )}
        </p>
      ) : (
        <span />
      )}
      <LanguageChoice label={t('head.language')} />
    </footer>
  );
}
