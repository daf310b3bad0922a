/** The prefix tells people and secret scanners that it is a key. */
const FORM = /^bar_([0-9a-f]{8})_([0-9a-f]{64})$/;

/** A key as its holder gets it: `bar_`, its public id, and 32 random bytes in hex. */
export const writeKey = (id: string, secret: string): string => `bar_${id}_${secret}`;

/** The public id in a key; `undefined` if the text is not a key. */
export const keyIdOf = (key: string): string | undefined => FORM.exec(key)?.[1];
