/** Replaces what XML cannot contain even if escaped: most control characters by a space, a lone surrogate by U+FFFD. */
export const printable = (text: string): string => text.replace(/[\u0000-\u001f\ufffe\uffff]/g, ' ').toWellFormed();
