import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      className="glyph"
      viewBox="0 0 20 20"
      width="18"
      height="18"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const CloseIcon = () => (
  <Icon>
    <path d="M5 5l10 10M15 5L5 15" />
  </Icon>
);
export const SearchIcon = () => (
  <Icon>
    <circle cx="9" cy="9" r="5" />
    <path d="M13 13l4 4" />
  </Icon>
);
export const SunIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="3.5" />
    <path d="M10 1.500v2M10 16.500v2M1.500 10h2M16.500 10h2M4 4l1.400 1.400M14.600 14.600L16 16M4 16l1.400-1.400M14.600 5.400L16 4" />
  </Icon>
);
export const MoonIcon = () => (
  <Icon>
    <path d="M16.500 12A7 7 0 0 1 8 3.500a7 7 0 1 0 8.500 8.500z" />
  </Icon>
);
export const AutoIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="7" />
    <path d="M10 3v14a7 7 0 0 0 0-14z" fill="currentColor" />
  </Icon>
);
export const KeyboardIcon = () => (
  <Icon>
    <rect x="2" y="5" width="16" height="10" rx="2" />
    <path d="M5 8h.01M8 8h.01M11 8h.01M14 8h.01M6 12h8" />
  </Icon>
);
export const BellIcon = () => (
  <Icon>
    <path d="M5 13.500V9a5 5 0 0 1 10 0v4.500l1.500 1.500h-13zM8.500 17.500h3" />
  </Icon>
);
export const PersonIcon = () => (
  <Icon>
    <circle cx="10" cy="7" r="3.200" />
    <path d="M3.500 17a6.500 6.500 0 0 1 13 0" />
  </Icon>
);
export const FeedIcon = () => (
  <Icon>
    <circle cx="5.5" cy="14.5" r="1" fill="currentColor" />
    <path d="M4.500 9a6.500 6.500 0 0 1 6.500 6.500M4.500 4.500a11 11 0 0 1 11 11" />
  </Icon>
);
export const LogoIcon = () => (
  <svg className="logo" viewBox="0 0 32 32" width="26" height="26" fill="none" strokeLinecap="round" aria-hidden="true">
    <path d="M4 20a12 12 0 0 1 6.500-10.700" className="stroke-negative" strokeWidth="3.500" />
    <path d="M21.500 9.300A12 12 0 0 1 28 20" className="stroke-positive" strokeWidth="3.500" />
    <path d="M16 21l5-10" stroke="currentColor" strokeWidth="2.500" />
    <circle cx="16" cy="21" r="2.800" fill="currentColor" />
  </svg>
);
