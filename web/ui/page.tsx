/** The frame of a page: its title, which is read out when it opens, and what can be done on it. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n.ts';

interface PageProps {
  readonly title: string;
  /** For those who share its address, and for search engines. */
  readonly description?: string;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

let opened = 0;

export function PageFrame({ title, description = t('signIn.lead'), actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Tocsin`;
    document.querySelector('meta[name="description"]')?.setAttribute('content', description);
  }, [title, description]);
  useEffect(() => {
    if (opened++ > 0) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      <header class="page-head">
        <h1 tabIndex={-1} ref={heading}>
          {title}
        </h1>
        {actions}
      </header>
      {children}
    </>
  );
}
