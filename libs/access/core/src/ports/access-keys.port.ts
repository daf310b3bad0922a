/** What a key allows: to read everything, also to change things, or to read a single feed. */
export type AccessRole = 'read' | 'write' | 'feed';

/** What the holder of a key may do. */
export interface Access {
  readonly role: AccessRole;
  /** For the role `feed`: the only one that may be read, such as `articles?label=positive`. */
  readonly feed?: string;
}

/** The holder of a key: what it allows, and its label. */
export interface KeyHolder extends Access {
  readonly name: string;
}

/** A stored access key; it never contains the key itself. */
export interface AccessKey extends KeyHolder {
  /** Short public name of the key, its first 8 characters. */
  readonly id: string;
  /** SHA-256 of the key, lower-case hex. */
  readonly digest: string;
  readonly createdAt: number;
}

export interface AccessKeys {
  /** `false` if the id is taken. */
  add(key: AccessKey): Promise<boolean>;
  list(): Promise<readonly AccessKey[]>;
  find(id: string): Promise<AccessKey | undefined>;
  remove(id: string): Promise<boolean>;
}
