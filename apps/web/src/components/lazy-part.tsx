import { lazy, Suspense, type ComponentType, type ReactNode } from 'react';

/** A dialog, or another part of the page, whose code is loaded when it is first opened, so that it does not delay readers who never open it. */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>): (props: Props) => ReactNode {
  const Fetched = lazy<ComponentType<object>>(async () => ({ default: (await load()) as ComponentType<object> }));
  return (props) => (
    <Suspense fallback={null}>
      <Fetched {...props} />
    </Suspense>
  );
}
