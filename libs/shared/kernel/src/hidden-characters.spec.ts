import { hasHiddenCharacters, withoutHiddenCharacters } from './hidden-characters';

describe('hidden characters', () => {
  it.each(['a\u0000', 'a\nb', '\u001b[31m', 'a\u009bb', 'a\u202eb', 'a\u2066b', 'a\u200eb', 'a\u2028b', 'a\u00adb', '\ufeffa'])('are found in %j', (text) => {
    expect(hasHiddenCharacters(text)).toBe(true);
    expect(hasHiddenCharacters(withoutHiddenCharacters(text))).toBe(false);
  });

  it.each(['Energy & climate', 'أخبار', 'חדשות', '👩‍👩‍👧', 'नमस्\u200dते', 'می\u200cخواهم', 'Straße – „so“'])('are not in %j', (text) => {
    expect([hasHiddenCharacters(text), withoutHiddenCharacters(text)]).toEqual([false, text]);
  });
});
