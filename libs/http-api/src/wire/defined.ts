/** An object without the fields that are undefined. */
type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Leaves out undefined fields: the cores distinguish a missing field from an undefined one. */
export function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}
