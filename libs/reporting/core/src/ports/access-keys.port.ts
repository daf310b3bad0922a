export type AccessRole = 'read' | 'write';

/** An access key as it is kept: never the key itself. */
export interface AccessKey {
  /** Short public name of the key, its first 8 characters. */
  readonly id: string;
  readonly name: string;
  readonly role: AccessRole;
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
