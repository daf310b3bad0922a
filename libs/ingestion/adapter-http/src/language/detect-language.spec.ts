import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectLanguage } from './detect-language';

describe('detectLanguage', () => {
  it.each([
    ['The government says it will raise taxes', 'en'],
    ['A breakthrough in the fight against cancer', 'en'],
    ['Die Regierung will die Steuern nicht erhöhen', 'de'],
    ['Le gouvernement annonce une réforme pour les retraites', 'fr'],
    ['El presidente anuncia una reforma de las pensiones', 'es'],
    ['O governo anuncia uma reforma não esperada', 'pt'],
    ['Il governo annuncia una riforma delle pensioni', 'it'],
    ['Het kabinet kondigt een nieuwe wet aan', 'nl'],
    ['Россия и мир сегодня', 'ru'],
    ['日本の首相が会見', 'ja'],
  ])('%s: %s', (text, language) => expect(detectLanguage(text)).toBe(language));

  it.each(['', '   ', '2026', 'BTS', '🎉🎉'])('is unsure of "%s"', (text) => expect(detectLanguage(text)).toBeUndefined());

  it('takes hostile input in its stride', () => {
    expect(() => detectLanguage(`${'a'.repeat(1_000_000)}\ud800`)).not.toThrow();
  });

  const headlines = join(__dirname, '../../../../../../shared/data/sentiment/unlabelled.headlines.jsonl');
  const present = existsSync(headlines);
  if (!present) console.warn(`No headlines at ${headlines}: the share of refused English headlines is not measured.`);

  (present ? it : it.skip)('refuses under 1.5 % of English headlines', () => {
    const lines = readFileSync(headlines, 'utf8').split('\n').filter((line, place) => line !== '' && place % 20 === 7);
    const answers = lines.map((line) => detectLanguage((JSON.parse(line) as { text: string }).text));
    const refused = answers.filter((language) => language !== undefined && language !== 'en').length;
    const unsure = answers.filter((language) => language === undefined).length;
    console.info(`${lines.length} headlines: ${refused} taken as not English, ${unsure} unsure`);
    expect(refused / lines.length).toBeLessThan(0.015);
  });
});
