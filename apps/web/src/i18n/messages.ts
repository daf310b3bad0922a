import type { en } from './en';
import type { Message } from './message';

type English = typeof en;
export type Key = keyof English;

/** A language as it is read at run time. */
export type Catalogue = { readonly [K in Key]: English[K] extends string ? string : Exclude<Message, string> };

type TextOf<M> = M extends string ? M : M extends { readonly [form: string]: unknown } ? Exclude<M[keyof M], 'ordinal'> : never;
type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type MarksIn<Text> = Text extends `${string}</${infer Mark}>${infer Rest}` ? `<${Mark}>` | MarksIn<Rest> : never;
/** The values that a message needs, and those that some of its forms may leave out. */
type NamesOf<M> = NamesIn<TextOf<M>> | (M extends string ? never : 'count');

/** The values of a message. Numbers are formatted in the reader's locale. */
export type Values<K extends Key> = { readonly [name in NamesOf<English[K]>]: name extends 'count' ? number : string | number };
export type ValuesArgument<K extends Key> = [NamesOf<English[K]>] extends [never] ? [] : [values: Values<K>];

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Checked<C> = {
  readonly [K in keyof C]: K extends Key
    ? Same<NamesOf<C[K]>, NamesOf<English[K]>> extends true
      ? Same<MarksIn<TextOf<C[K]>>, MarksIn<TextOf<English[K]>>> extends true
        ? C[K]
        : 'The marks differ from those of the English message'
      : 'The placeholders differ from those of the English message'
    : never;
};

/** Accepts a language that has exactly the English messages, with the same placeholders and marks; any other one does not compile. */
export const translation = <const C extends Catalogue>(catalogue: C & Checked<C>): Catalogue => catalogue;
