import type { ComponentProps } from 'react';

/**
 * A button that does not lose the focus. While `disabled` it looks so and ignores clicks, and with them Enter in its
 * form, but can still be focused: the browser takes the focus from a disabled button. When it disappears with the
 * focus, the group, list or region that it was in gets it.
 */
export const ActionButton = ({ disabled, onClick, ...rest }: ComponentProps<'button'>) => (
  <button type="button" {...rest} ref={passOn} aria-disabled={disabled} onClick={(event) => (disabled ? event.preventDefault() : onClick?.(event))} />
);

/** Answers what React calls just before it removes the button: the focus goes to the nearest place that stays. */
function passOn(button: HTMLButtonElement) {
  return () => {
    if (document.activeElement !== button) return;
    const places: HTMLElement[] = [];
    for (let around = button.parentElement; around; around = around.parentElement) if (around.matches('[role=group],li,ul,section')) places.push(around);
    setTimeout(() => {
      const place = places.find(({ isConnected }) => isConnected);
      // Whoever removed the button may have moved the focus.
      if (!place || document.activeElement !== document.body) return;
      // Not -1: the ring is hidden there. It is taken away again, so that neither Tab nor a click comes back here.
      place.tabIndex = 0;
      place.onblur = () => place.removeAttribute('tabindex');
      place.focus({ preventScroll: true });
    });
  };
}
