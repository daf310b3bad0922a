import type { Freshness } from '@barometer/ingestion';
import { SECOND } from '@barometer/kernel';
import { CHALLENGE_ADVICE, challengeInHeaders, challengeInPage, ENOUGH_OF_A_PAGE } from '../challenge';
import { readBody } from './decode-body';
import { fail, type FetchFailure } from './fetch-failure';
import type { Landing } from './http-hop';

/** Statuses with which bot checks are sent. */
const MAY_BE_A_CHECK: ReadonlySet<number> = new Set([401, 403, 406, 429, 503]);
/** A page with the reason comes at once; a slow one is not waited for. */
const PAGE_TIME = 2 * SECOND;

const OTHER_NAME = 'it may let in only browsers or programs that it knows. Try another User-Agent for this source.';

/** What a status means for the owner of a feed, and what to do about it: the end of a sentence that begins with the host. */
const MEANINGS: Readonly<Record<number, string>> = {
  400: 'does not understand the request (HTTP 400): check the address.',
  401: 'asks for a name and a password (HTTP 401), which are never sent. Find out whether the publisher has another address that is open, or one with a key in it.',
  402: 'asks for a payment (HTTP 402): the feed is not open to everybody.',
  403: `refuses the request (HTTP 403): ${OTHER_NAME}`,
  404: "has nothing at this address (HTTP 404): the feed may have moved. Look for its address on the publisher's page.",
  406: `refuses the request (HTTP 406): ${OTHER_NAME}`,
  410: 'says that this feed is gone for good (HTTP 410), so it is not asked any more. Give the source another address, or remove it.',
  429: 'was asked too often, by this program or by another from the same network (HTTP 429).',
  451: 'may not show this feed here for legal reasons (HTTP 451): it may be open from another country.',
  500: 'has a fault of its own (HTTP 500). It is asked again later.',
  503: 'cannot answer now (HTTP 503): it is overloaded or under repair. It is asked again later.',
};

/** The failure of an answer without a document. Reads the page of the answer if it may state the reason. */
export async function refusal({ response, body, url }: Landing, freshness: Freshness): Promise<FetchFailure> {
  const { host, hostname } = new URL(url);
  const { status } = response;
  const whose = challengeInHeaders(response.headers) ?? (MAY_BE_A_CHECK.has(status) ? challengeInPage(await pageOf(response, body)) : undefined);
  body.cancel();
  const message =
    whose === undefined ? `${host} ${meaningOf(status)}` : `${host} checks first whether a person asks (${whose}, HTTP ${status}). ${CHALLENGE_ADVICE}`;
  return fail(status === 410 ? 'gone' : 'http-status', message, { ...freshness, httpStatus: status, host: hostname });
}

function meaningOf(status: number): string {
  const known = MEANINGS[status];
  if (known !== undefined) return known;
  if (status >= 520 && status <= 530) return `cannot be reached by the service in front of it (HTTP ${status}). It is asked again later.`;
  if (status === 502 || status === 504) return `is not answered by the server behind it (HTTP ${status}). It is asked again later.`;
  if (status >= 500) return `has a fault of its own (HTTP ${status}). It is asked again later.`;
  return `answered with HTTP status ${status}.`;
}

/** The beginning of the page that came with a status, as Latin-1; empty if it is not a page, or does not arrive soon. */
async function pageOf({ headers }: Landing['response'], body: Landing['body']): Promise<string> {
  if (!/html|^$/i.test(headers.get('content-type') ?? '')) return '';
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, PAGE_TIME, undefined)));
  const page = readBody(body, headers, { taken: ENOUGH_OF_A_PAGE, read: ENOUGH_OF_A_PAGE }).catch(() => undefined);
  const read = await Promise.race([page, late]);
  clearTimeout(timer);
  return read ? Buffer.from(read.bytes).toString('latin1') : '';
}
