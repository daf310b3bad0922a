import { t } from '../i18n/translate';

/** The scope of figures: a topic, a source, or a topic in a source, by their names; `undefined` for all news. */
export const scopeText = (topic: string | undefined, source: string | undefined): string | undefined =>
  topic && source ? t('scope.both', { topic, source }) : topic || source || undefined;
