/** What a key allows: to read everything, to change things too, or to read one feed only. */
export type AccessRole = 'read' | 'write' | 'feed';

/** What the holder of a key may do. */
export interface Access {
  readonly role: AccessRole;
  /** With the role `feed`: the one that may be read, such as `articles?label=positive`. */
  readonly feed?: string;
}

/** An access key as it is kept: never the key itself. */
export interface AccessKey extends Access {
  /** Short public name of the key, its first 8 characters. */
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the key, lower-case hex. */
  readonly digest: string;
  readonly createdAt: number;
}

export interface AccessKeys {
  /** `false` when the id is taken. */
  add(key: AccessKey): Promise<boolean>;
  list(): Promise<readonly AccessKey[]>;
  find(id: string): Promise<AccessKey | undefined>;
  remove(id: string): Promise<boolean>;
}
