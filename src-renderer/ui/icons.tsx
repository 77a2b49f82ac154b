import type { ReactNode } from 'react';

const shapes = {
  overview: <path d="M3 13.5V4.5m0 9h14.5M5.5 11l3.2-3.4 2.8 2.2L16.5 5" />,
  data: (
    <>
      <ellipse cx="10" cy="5" rx="6" ry="2.3" />
      <path d="M4 5v10c0 1.3 2.7 2.3 6 2.3s6-1 6-2.3V5M4 10c0 1.3 2.7 2.3 6 2.3s6-1 6-2.3" />
    </>
  ),
  exposure: (
    <path d="M2.5 8c1.9-2 3.7-2 5.6 0s3.8 2 5.6 0c1.2-1.3 2.5-1.8 3.8-1.4M2.5 13c1.9-2 3.7-2 5.6 0s3.8 2 5.6 0c1.2-1.3 2.5-1.8 3.8-1.4" />
  ),
  // A lighthouse: seen before the water rises.
  'early-warning': (
    <path d="M7.6 17.2 8.6 8h2.8l1 9.2zM8.4 8V5.4L10 3.6l1.6 1.8V8M5 17.2h10M6 5.6 3 4.6m3 2.6-3 .9m11-2.5 3-1m-3 2.6 3 .9" />
  ),
  absence: <path d="M3.5 5h13v11.5h-13zM3.5 8.5h13M7 3v3.2M13 3v3.2M8 11l4 3.5m0-3.5-4 3.5" />,
  // A hand held out under a heart.
  support: (
    <path d="M10 9.4 6.9 6.3a1.9 1.9 0 0 1 3.1-2.1 1.9 1.9 0 0 1 3.1 2.1zM2.8 12.2h2.4l2.6 1.2h3.4a1.1 1.1 0 0 1 0 2.2H8.6m2.8-.3 4.2-2.4a1.1 1.1 0 0 1 1.2 1.8l-5 3.3-4.2.2-2-1H2.8" />
  ),
  // A house.
  families: (
    <path d="M3 9.5 10 3.5l7 6M5 8v8.5h10V8M10 14.8c-1.7-1.1-2.6-2-2.6-3.1a1.3 1.3 0 0 1 2.6-.4 1.3 1.3 0 0 1 2.6.4c0 1.1-.9 2-2.6 3.1z" />
  ),
  // A small boat that tries the water.
  pilots: <path d="M9.5 3v10.5M11 4.2l4.6 6.6H11zM8 6.2l-3.6 4.6H8M3 13.5h14l-2.2 3.2H5.2z" />,
  // An open book.
  evidence: (
    <path d="M10 5.4C8.3 4 5.9 3.5 3 3.6v11.6c2.9-.1 5.3.4 7 1.8 1.7-1.4 4.1-1.9 7-1.8V3.6c-2.9-.1-5.3.4-7 1.8zM10 5.4V17M5.4 7c.9.1 1.7.3 2.4.6M5.4 10c.9.1 1.7.3 2.4.6m6.8-3.6c-.9.1-1.7.3-2.4.6m2.4 2.4c-.9.1-1.7.3-2.4.6" />
  ),
  // A round that comes back to where it began.
  plan: (
    <path d="M15.8 7.2A6.5 6.5 0 0 0 4.1 7.6M4.2 12.8a6.5 6.5 0 0 0 11.7-.4M16.2 3.6v3.7h-3.7M3.8 16.4v-3.7h3.7M7.6 10l1.7 1.7 3.2-3.3" />
  ),
  // A gauge.
  indicators: (
    <path d="M3.2 15.5a7.5 7.5 0 1 1 13.6 0M10 12.2l3-4.4M10 5v1.4M4.6 9.4l1.3.7m9.5-.7-1.3.7M9 12.2a1 1 0 1 0 2 0 1 1 0 0 0-2 0" />
  ),
  cases: <path d="M3.5 6h13v10.5h-13zM7.5 6V3.5h5V6M10 8.8v4.9M7.5 11.2h5" />,
  reports: <path d="M5 2.8h6.5L15.5 7v10.2H5zM11.3 2.8V7h4.2M7.5 10.5h5.5M7.5 13.5h5.5" />,
  administration: (
    <>
      <circle cx="8" cy="7" r="3" />
      <path d="M2.5 16.5c.4-3 2.6-4.7 5.5-4.7s5.1 1.7 5.5 4.7M13 4.3a3 3 0 0 1 0 5.4M15 12.3c1.5.7 2.4 2.2 2.6 4.2" />
    </>
  ),
  lock: <path d="M5 9h10v8H5zM7 9V6.2a3 3 0 0 1 6 0V9M10 12.2v1.8" />,
  folder: <path d="M2.8 15.8V4.6h5l1.7 2.1h7.7v9.1z" />,
  file: <path d="M5 2.8h6.5L15.5 7v10.2H5zM11.3 2.8V7h4.2" />,
  vault: (
    <>
      <rect x="3" y="3.5" width="14" height="12.5" rx="1.5" />
      <circle cx="10" cy="9.7" r="3" />
      <path d="M10 6.7v1.4m0 3.2v1.4M5.3 16v1.5m9.4-1.5v1.5" />
    </>
  ),
  up: <path d="M10 16V4.5M5.2 9 10 4.2 14.8 9" />,
  search: (
    <>
      <circle cx="8.8" cy="8.8" r="5" />
      <path d="m12.5 12.5 4.2 4.2" />
    </>
  ),
  copy: <path d="M7 7h9.5v9.5H7zM13.2 7V3.5H3.5v9.7H7" />,
  picture: <path d="M3 4h14v12H3zM3.2 13.5l4-4 3.3 3.2 2.3-2.2 4 4M13 7.6h.01" />,
  table: <path d="M3 4h14v12H3zM3 8h14M3 12h14M8.5 8v8" />,
  question: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M7.9 8a2.1 2.1 0 1 1 3.1 1.9c-.7.4-1 .8-1 1.6M10 14.1v.1" />
    </>
  ),
  undo: <path d="M7 4.2 3.5 7.7 7 11.2M3.8 7.7h7.7a4.4 4.4 0 0 1 0 8.8H8" />,
  sun: (
    <>
      <circle cx="10" cy="10" r="3.3" />
      <path d="M10 2.6v1.6m0 11.6v1.6M2.6 10h1.6m11.6 0h1.6M4.8 4.8l1.1 1.1m8.2 8.2 1.1 1.1m0-10.4-1.1 1.1m-8.2 8.2-1.1 1.1" />
    </>
  ),
  moon: <path d="M16 11.8A6.6 6.6 0 0 1 8.2 4a6.6 6.6 0 1 0 7.8 7.8z" />,
  screen: <path d="M3 4h14v9.5H3zM7 16.8h6M10 13.5v3.3" />,
  plus: <path d="M10 4.2v11.6M4.2 10h11.6" />,
  check: <path d="m4 10.6 3.9 3.9L16 6.2" />,
  cross: <path d="m5 5 10 10M15 5 5 15" />,
  warning: <path d="M10 3.2 17.6 16.5H2.4zM10 8.2v3.9M10 14.2v.1" />,
  information: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M10 9.2v4.3M10 6.4v.1" />
    </>
  ),
  columns: <path d="M3 4h14v12H3zM8 4v12M12.5 4v12" />,
  right: <path d="m8 5 5 5-5 5" />,
  down: <path d="m5 8 5 5 5-5" />,
  ascending: <path d="M10 15.5V5M5.8 9 10 4.8 14.2 9" />,
  descending: <path d="M10 4.5V15M5.8 11l4.2 4.2 4.2-4.2" />,
  eye: (
    <>
      <path d="M2.3 10S5 5 10 5s7.7 5 7.7 5-2.7 5-7.7 5-7.7-5-7.7-5z" />
      <circle cx="10" cy="10" r="2.2" />
    </>
  ),
  person: (
    <>
      <circle cx="10" cy="6.8" r="3.1" />
      <path d="M4 17c.5-3.4 2.8-5.2 6-5.2s5.5 1.8 6 5.2" />
    </>
  ),
  seal: <path d="M10 2.8 16 5v4.6c0 3.6-2.4 6-6 7.6-3.6-1.6-6-4-6-7.6V5zM7.3 9.9l2 2 3.5-3.6" />,
} as const satisfies Record<string, ReactNode>;

export type IconName = keyof typeof shapes;

/** Decorative: what it stands beside carries the words. */
export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {shapes[name]}
    </svg>
  );
}

/** The mark: three water lines, the highest one faint, as on a harbour wall. */
export function TidemarkLogo({ size = 24 }: { readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d="M3 6.5h18" strokeWidth="1.6" strokeDasharray="2.4 3" opacity="0.75" />
      <path d="M3 12.2c2-1.9 4-1.9 6 0s4 1.9 6 0 4-1.9 6 0" strokeWidth="2" />
      <path d="M3 17.6c2-1.9 4-1.9 6 0s4 1.9 6 0 4-1.9 6 0" strokeWidth="2" />
    </svg>
  );
}
