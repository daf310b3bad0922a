import type { Drivers, Mood } from '@barometer/http-api/contract';
import { createContext, use, type ReactNode } from 'react';
import { address } from '../api/client';
import { useResource, type Resource } from './use-resource';
import { useView } from './use-view';
import { scopeQuery } from './view';

const MoodContext = createContext<Resource<Mood> | undefined>(undefined);

/** Reads the mood once for every part of the page that compares as it does. */
export function MoodProvider({ children }: { children: ReactNode }) {
  const [view] = useView();
  return <MoodContext value={useResource<Mood>(address('/mood', scopeQuery(view)))}>{children}</MoodContext>;
}

export function useMood(): Resource<Mood> {
  const mood = use(MoodContext);
  if (!mood) throw new Error('useMood needs a MoodProvider');
  return mood;
}

/** What the mood is compared with: what is usual where that is known, else the period before. */
export const comparisonOf = ({ usual }: Pick<Mood, 'usual'>): Drivers['against'] => (usual ? 'usual' : 'before');
