import { createContext, use, useState, type ReactNode } from 'react';

const AnnounceContext = createContext<(text: string) => void>(() => {});

/** Says things to screen readers through one polite live region, and shows them for a moment at the foot of the page. */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [message, setMessage] = useState({ text: '', key: 0 });
  return (
    <AnnounceContext value={(text) => setMessage(({ key }) => ({ text, key: key + 1 }))}>
      {children}
      <div className="announcer" role="status" aria-live="polite">
        {message.text && <span key={message.key}>{message.text}</span>}
      </div>
    </AnnounceContext>
  );
}

export const useAnnounce = () => use(AnnounceContext);
