/**
 * Characters that readers do not see but programs read: controls, format characters (including bidirectional marks and
 * tags), and the selectors in which bytes can be hidden.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u{FFFE}\u{FFFF}\u{E0100}-\u{E01EF}]+/gu;

/** Another's text as passed on: only visible characters, on one line, and at most `most` characters. */
export function seen(text: string, most: number): string {
  const characters = [...text.replace(/\s+/g, ' ').replace(unseen, '').trim()];
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
}
