/** Longer than what browsers send, which is up to about 150 characters. */
const MOST_CHARACTERS = 300;

export const USER_AGENT_RULE = `must be 1 to ${MOST_CHARACTERS} printable ASCII characters`;

/**
 * Whether a text can be sent as User-Agent: printable ASCII (RFC 9110, 5.5) without spaces around it, so that it cannot
 * end the header and begin another.
 */
export const isUserAgent = (text: string): boolean => text.length <= MOST_CHARACTERS && /^[!-~](?:[ -~]*[!-~])?$/.test(text);
