import type { ReactNode } from 'react';
import { linkable } from '../format/links';

/** A link to another site; an address that is not http(s) stays plain text. */
export function ExternalLink({ href, children, className }: { href: string | undefined; children: ReactNode; className?: string }) {
  const target = linkable(href);
  if (!target) return <span className={className}>{children}</span>;
  return (
    <a className={className} href={target} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}
