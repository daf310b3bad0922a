/** A text in its plural forms, by `Intl.PluralRules`. */
type Forms = { readonly [form in Intl.LDMLPluralRule]?: string } & { readonly other: string };

/** A text, or its forms by a count or an ordinal number. */
export type Message = string | (Forms & { readonly type?: 'ordinal' });
