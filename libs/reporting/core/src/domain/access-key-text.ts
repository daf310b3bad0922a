/** What every key begins with, so that people and scanners see what it is. */
const FORM = /^bar_([0-9a-f]{8})_([0-9a-f]{64})$/;

/** A key as its holder gets it: `bar_`, its public id, and 32 random bytes in hex. */
export const writeKey = (id: string, secret: string): string => `bar_${id}_${secret}`;

/** The public id in a key; `undefined` when it does not have the form of one. */
export const keyIdOf = (key: string): string | undefined => FORM.exec(key)?.[1];
