/** Pages by their path: the browser's history, without a library. */
import type { ComponentChildren } from 'preact';
import { createStore } from './store.ts';

const place = () => location.pathname + location.search;
const store = createStore(place());

export const usePlace = store.use;

addEventListener('popstate', () => store.write(place()));

export function navigate(to: string, { replace = false } = {}): void {
  if (to === place()) return;
  if (replace) history.replaceState(undefined, '', to);
  else history.pushState(undefined, '', to);
  store.write(to);
  scrollTo(0, 0);
}

interface LinkProps {
  readonly href: string;
  readonly children: ComponentChildren;
  readonly class?: string;
  readonly 'aria-current'?: 'page' | undefined;
}

/** A link within the dashboard; with a key held it opens as any other. */
export function Link({ href, children, ...rest }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    navigate(href);
  };
  return (
    <a href={href} onClick={follow} {...rest}>
      {children}
    </a>
  );
}
