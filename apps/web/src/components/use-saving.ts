import type { FormEvent } from 'react';
import { useConnection } from '../state/use-connection';
import { useAnnounce } from './announcer';
import { useAction, type Action } from './use-action';

export interface Saving {
  readonly save: Action<[]>;
  readonly submit: (event: FormEvent) => void;
  /** Announces what was done, reloads what the page shows, and closes the dialog. */
  readonly done: (text: string) => void;
}

/** Submits the form of a dialog: `send` sends it, and `saved` is announced afterwards. */
export function useSaving({ send, saved, onClose }: { send: () => Promise<unknown>; saved: () => string; onClose: () => void }): Saving {
  const connection = useConnection();
  const announce = useAnnounce();
  const done = (text: string) => {
    announce(text);
    connection.refresh();
    onClose();
  };
  const save = useAction(async () => {
    await send();
    done(saved());
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save.run();
  };
  return { save, submit, done };
}
