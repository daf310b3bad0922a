const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as it may stand in HTML, also in an attribute with double quotes. */
export const escapeHtml = (value: string): string => value.replace(/[&<>"]/g, (character) => entities[character] ?? character);
