const HERE = 'http://here.invalid';

/** A path and query of ours, or `/`: never an address elsewhere, whatever was asked for. */
export const localPath = (wanted: string): string => {
  // Browsers drop control characters and read a backslash as a slash.
  if (!wanted.startsWith('/') || /[\p{Cc}\\]/u.test(wanted) || !URL.canParse(wanted, HERE)) return '/';
  const { origin, pathname, search } = new URL(wanted, HERE);
  if (origin !== HERE || pathname.startsWith('//')) return '/';
  return `${pathname}${search}`;
};

/** The same address with one more parameter. */
export const withParameter = (path: string, name: string, value: string): string => {
  const url = new URL(path, HERE);
  url.searchParams.set(name, value);
  return `${url.pathname}${url.search}`;
};

export const withoutParameter = (path: string, name: string): string => {
  const url = new URL(path, HERE);
  url.searchParams.delete(name);
  return `${url.pathname}${url.search}`;
};
