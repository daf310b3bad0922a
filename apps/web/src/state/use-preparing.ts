import { useEffect } from 'react';
import { useConnectionState } from './use-connection';
import type { Resource } from './use-resource';
import { useView } from './use-view';

const ASK_AGAIN_MS = 1_000;
/** The sample is scored within seconds; if there is still nothing after this time, the answer really is empty. */
const LONGEST_MS = 5 * 60_000;

/**
 * Whether an empty answer only means that the sample is still being scored: the page then keeps its skeleton and asks
 * again. With a topic, a source or hours selected, the answer may really be empty.
 */
export function usePreparing({ data, retry }: Resource<{ readonly sample: boolean }>, isEmpty: boolean): boolean {
  const [view] = useView();
  const isYoung = useConnectionState(
    ({ status }) => !status || (status.model.state !== 'failed' && Date.parse(status.now) - Date.parse(status.startedAt) < LONGEST_MS),
  );
  const narrowed = view.topic ?? view.source ?? view.group ?? view.label ?? view.search ?? view.zoom;
  const preparing = isEmpty && isYoung && data?.sample === true && !narrowed;
  useEffect(() => {
    if (!preparing) return undefined;
    const timer = setInterval(retry, ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [preparing, retry]);
  return preparing;
}
