import { err, hasHiddenCharacters, HIDDEN_CHARACTERS_RULE, ok, wordsOf, type PhraseRule, type Result } from '@barometer/kernel';

/** Why a topic is refused, and because of which field. */
export interface TopicProblem {
  readonly field: 'name' | 'anyOf' | 'allOf' | 'noneOf';
  readonly code: 'required' | 'hidden' | 'too-long' | 'too-many' | 'no-words' | 'taken';
  readonly message: string;
}

/** A topic as someone writes it. */
export interface TopicForm extends PhraseRule {
  readonly name: string;
}

export const MOST_PHRASES = 100;
export const LONGEST_PHRASE = 100;
export const LONGEST_NAME = 80;

const tidy = (text: string) => text.normalize('NFC').trim().replace(/\s+/gu, ' ');

/**
 * The phrases trimmed and without duplicates, or why they are refused: a rule needs at least one phrase to match, and
 * each phrase at least one word.
 */
export function checkRule(rule: PhraseRule): Result<PhraseRule, TopicProblem> {
  const tidied = { anyOf: tidyAll(rule.anyOf), allOf: tidyAll(rule.allOf), noneOf: tidyAll(rule.noneOf) };
  for (const field of ['anyOf', 'allOf', 'noneOf'] as const) {
    const problem = phraseProblem(field, tidied[field]);
    if (problem) return err(problem);
  }
  if (tidied.anyOf.length + tidied.allOf.length === 0) {
    return err({ field: 'anyOf', code: 'required', message: 'a topic needs a phrase to look for, in anyOf or in allOf' });
  }
  return ok(tidied);
}

/** The same for a whole topic. */
export function checkTopic(form: TopicForm): Result<TopicForm, TopicProblem> {
  const name = tidy(form.name);
  if (name === '') return err({ field: 'name', code: 'required', message: 'a topic needs a name' });
  if (hasHiddenCharacters(name)) return err({ field: 'name', code: 'hidden', message: `a name ${HIDDEN_CHARACTERS_RULE}` });
  if (name.length > LONGEST_NAME) return err({ field: 'name', code: 'too-long', message: `a name has at most ${LONGEST_NAME} characters` });
  const rule = checkRule(form);
  return rule.ok ? ok({ name, ...rule.value }) : rule;
}

const tidyAll = (phrases: readonly string[]) => [...new Set(phrases.map(tidy))].filter((phrase) => phrase !== '');

function phraseProblem(field: TopicProblem['field'], phrases: readonly string[]): TopicProblem | undefined {
  if (phrases.length > MOST_PHRASES) return { field, code: 'too-many', message: `${field} takes at most ${MOST_PHRASES} phrases` };
  const long = phrases.find((phrase) => phrase.length > LONGEST_PHRASE);
  if (long !== undefined) return { field, code: 'too-long', message: `a phrase of ${field} has at most ${LONGEST_PHRASE} characters` };
  const empty = phrases.find((phrase) => wordsOf(phrase).trim() === '');
  if (empty !== undefined) return { field, code: 'no-words', message: `"${empty}" in ${field} holds no letter or digit` };
  return undefined;
}

/** Whether two rules match the same, whatever the order of their phrases. */
export function isSameRule(one: PhraseRule, other: PhraseRule): boolean {
  const same = (left: readonly string[], right: readonly string[]) =>
    left.length === right.length && [...left].sort().every((phrase, index) => phrase === [...right].sort()[index]);
  return same(one.anyOf, other.anyOf) && same(one.allOf, other.allOf) && same(one.noneOf, other.noneOf);
}

/** Topic ids are short slugs for addresses: letters, digits and hyphens of the name. */
export function topicIdOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  return (
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40)
      .replace(/-+$/, '') || 'topic'
  );
}
