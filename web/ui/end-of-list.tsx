/** The end of an endless list: the next page comes when it is nearly in sight, or by the button. */
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n.ts';
import type { EndlessList } from '../resource.ts';

interface EndOfListProps {
  readonly list: EndlessList<unknown>;
  /** Said where there is no more. */
  readonly text: string;
}

export function EndOfList({ list, text }: EndOfListProps) {
  const end = useRef<HTMLDivElement>(null);
  const more = useRef(list.more);
  more.current = list.more;
  const count = list.items?.length ?? 0;
  useEffect(() => {
    if (!end.current || !list.hasMore || list.problem) return;
    const observer = new IntersectionObserver(
      (entries) => void (entries.some(({ isIntersecting }) => isIntersecting) && more.current()),
      { rootMargin: '600px' },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [list.next, list.problem]);
  return (
    <div class="end" ref={end}>
      {list.hasMore && (
        <button type="button" onClick={() => void list.more()}>
          {t('more')}
        </button>
      )}
      {!list.hasMore && count > 0 && <p>{text}</p>}
    </div>
  );
}
