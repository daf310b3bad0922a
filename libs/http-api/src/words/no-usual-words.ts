import type { NoUsual } from '@barometer/reporting';

/**
 * Why there is no usual range, in English: headlines, and by `usual.open.<reason>` the reason as a sentence. The page's English has
 * these messages, and the card says the same. It imports nothing at run time, since it is in the page's first load.
 */
export const noUsualWords = {
  'usual.open': 'Too early to say what is usual',
  'usual.open.nothing-scored': 'No article of these hours has been scored.',
  'usual.open.not-enough-history': 'That takes 7 observed or imported days before these hours, scored by the same model.',
  'usual.open.nothing-known': 'None of these sources published in the weeks before.',
  'usual.tooFew': 'Too few articles, now or before',
  'usual.tooLong': 'Too long a period for a usual range',
  'usual.open.period-too-long': 'There is one for periods of up to 31 days.',
  'usual.open.too-few-articles': 'With so few articles, now or in the weeks before, nearly any tone would be usual.',
} as const satisfies Readonly<Record<`usual.open.${NoUsual}`, string>> & Readonly<Record<string, string>>;

/** The name of the headline for a reason, in every language. */
export const noUsualHeadline = (reason: NoUsual | undefined) =>
  reason === 'too-few-articles' ? 'usual.tooFew' : reason === 'period-too-long' ? 'usual.tooLong' : 'usual.open';
