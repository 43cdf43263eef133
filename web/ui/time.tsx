/** A moment as people say it, its exact time on hover; it ages while it is looked at. */
import { useEffect, useState } from 'preact/hooks';
import { exactTime, relativeTime } from '../i18n.ts';

const MINUTE_MS = 60_000;

export function Time({ iso }: { readonly iso: string }) {
  const [, render] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => render((n) => n + 1), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={iso} title={exactTime(iso)}>
      {relativeTime(iso)}
    </time>
  );
}
