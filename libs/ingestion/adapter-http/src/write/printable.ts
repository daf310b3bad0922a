/** XML can't hold most control characters and half of a surrogate pair, not even escaped; they become a space and U+FFFD. */
export const printable = (text: string): string => text.replace(/[\u0000-\u001f\ufffe\uffff]/g, ' ').toWellFormed();
