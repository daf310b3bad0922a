import { useLayoutEffect, useRef, type ComponentProps } from 'react';

/**
 * A button that does not lose the focus. While `disabled` it looks so and ignores clicks, and with them Enter in its
 * form, but can still be focused: the browser takes the focus from a disabled button. When it disappears with the
 * focus, the group, list or region that it was in gets it.
 */
export function ActionButton({ disabled, onClick, ...rest }: ComponentProps<'button'>) {
  const element = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const button = element.current;
    return () => void (button && button === document.activeElement && focusNear(button));
  }, []);
  return (
    <button
      type="button"
      {...rest}
      ref={element}
      aria-disabled={disabled || undefined}
      onClick={(event) => (disabled ? event.preventDefault() : onClick?.(event))}
    />
  );
}

/** Focuses the nearest place around an element about to be removed, unless the focus has gone elsewhere by then. */
function focusNear(leaving: Element): void {
  const places: HTMLElement[] = [];
  for (let around = leaving.parentElement; around; around = around.parentElement) if (around.matches('[role=group], li, ul, section')) places.push(around);
  setTimeout(() => {
    const place = places.find(({ isConnected }) => isConnected);
    if (!place || document.activeElement !== document.body) return;
    // Not -1: the ring is hidden there. It is taken away again, so that neither Tab nor a click comes back here.
    place.tabIndex = 0;
    place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true });
    place.focus({ preventScroll: true });
  });
}
