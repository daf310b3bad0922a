import { counted } from '@barometer/kernel';
import type { Edition } from './edition';
import { editionWords, goodBy, toldBy } from './edition-words';
import { signed } from './sentence';

/** Stories and drivers that a short message has room for. */
const SHORT = 3;

/** An edition as plain text, for mail and the command line. */
export function editionText(edition: Edition, link: string | undefined): string {
  const { verdict, sentence, about, notes, sections } = editionWords(edition);
  const told = sections.map(({ title, items }) =>
    [
      title.toUpperCase(),
      ...items.flatMap(({ text, detail, url }) => [`- ${text}`, ...(detail === undefined ? [] : [`  ${detail}`]), ...(url === undefined ? [] : [`  ${url}`])]),
    ].join('\n'),
  );
  return [[verdict.toUpperCase(), about].join('\n'), [sentence, ...notes].join('\n'), ...told, ...(link === undefined ? [] : [`See it: ${link}`])].join('\n\n');
}

/** The same as a short message, a line for each thing; under 2,000 characters. */
export function shortEditionText(edition: Edition, link: string | undefined): string {
  const { sentence } = editionWords(edition);
  const { drivers, stories, good, troubled, moreTroubled } = edition;
  const inTrouble = troubled.length + moreTroubled;
  return [
    sentence,
    ...(drivers.length === 0
      ? []
      : [
          `Moved by: ${drivers
            .slice(0, SHORT)
            .map(({ name, effect }) => `${clipped(name)} (${signed(effect)})`)
            .join('; ')}`,
        ]),
    ...stories.slice(0, SHORT).map((story) => `• ${clipped(story.title)} – ${toldBy(story)}`),
    ...(good ? [`One good thing: ${clipped(good.title)}${good.publisher === undefined ? '' : ` (${clipped(goodBy(good) ?? '')})`}`] : []),
    ...(inTrouble === 0 ? [] : [`${counted(inTrouble, 'source is', 'sources are')} in trouble.`]),
    ...(link === undefined ? [] : [link]),
  ].join('\n');
}

const LONGEST = 140;
const clipped = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1).toWellFormed()}…`);
