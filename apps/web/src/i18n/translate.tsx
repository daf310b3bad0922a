import { createElement, type ReactNode } from 'react';
import { catalogue, perLocale } from './language';
import type { Key, Values, ValuesArgument } from './messages';

type Given = Readonly<Record<string, string | number>>;

const number = perLocale((locale) => new Intl.NumberFormat(locale));
const cardinal = perLocale((locale) => new Intl.PluralRules(locale));
const ordinal = perLocale((locale) => new Intl.PluralRules(locale, { type: 'ordinal' }));

const written = (value: string | number | undefined): string => (typeof value === 'number' ? number().format(value) : (value ?? ''));

function textOf(key: Key, count: unknown): string {
  const message = catalogue()[key];
  if (typeof message === 'string') return message;
  const rules = message.type === 'ordinal' ? ordinal() : cardinal();
  return message[rules.select(Number(count))] ?? message.other;
}

/** A message of the page in the reader's language. */
export function t<K extends Key>(key: K, ...[values]: ValuesArgument<K>): string {
  const given: Given = values ?? {};
  return textOf(key, given['count']).replace(/\{(\w+)\}/g, (_, name: string) => written(given[name]));
}

const SPLIT = /(<\w+>.*?<\/\w+>|\{\w+\})/;
/** What the marks of messages become: bold, code, figures, an aside. */
const marks: Readonly<Record<string, readonly [tag: string, className?: string]>> = { b: ['b'], code: ['code'], n: ['span', 'number'], m: ['span', 'muted'] };

/** A message with marks, or with elements for values. */
export function rich<K extends Key>(key: K, values: { readonly [name in keyof Values<K>]: Values<K>[name] | ReactNode }): ReactNode[] {
  const given = values as Readonly<Record<string, ReactNode>>;
  const filled = (text: string): ReactNode[] =>
    text
      .split(SPLIT)
      .filter(Boolean)
      .map((part, index) => {
        const [, mark = '', inside = ''] = /^<(\w+)>(.*)<\/\w+>$/.exec(part) ?? [];
        const [tag, className] = marks[mark] ?? [];
        if (tag) return createElement(tag, { key: index, className }, filled(inside));
        const name = /^\{(\w+)\}$/.exec(part)?.[1];
        if (name === undefined) return part;
        const value = given[name];
        return typeof value === 'number' ? number().format(value) : createElement(Piece, { key: index }, value);
      });
  return filled(textOf(key, given['count']));
}

const Piece = ({ children }: { readonly children?: ReactNode }): ReactNode => children;
