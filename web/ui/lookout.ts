/** Looks again from time to time while the page is in sight, and when it comes back. */
import { useEffect, useRef } from 'preact/hooks';

/** @param key of what is looked at: when it changes, the time begins anew */
export function useLookout(look: () => unknown, everyMs: number, key = ''): void {
  const current = useRef(look);
  current.current = look;
  useEffect(() => {
    const lookIfSeen = () => void (document.visibilityState === 'visible' && current.current());
    const timer = setInterval(lookIfSeen, everyMs);
    for (const event of ['online', 'focus']) addEventListener(event, lookIfSeen);
    return () => {
      clearInterval(timer);
      for (const event of ['online', 'focus']) removeEventListener(event, lookIfSeen);
    };
  }, [key, everyMs]);
}
