import { fold } from '../shared/text.ts';

/** RFC 6266 with RFC 5987: a plain name for old programs, the real one in UTF-8. */
export const disposition = (fileName: string): string => {
  const dot = fileName.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [fileName.slice(0, dot), fileName.slice(dot)] : [fileName, ''];
  const plain = `${fold(stem).replace(/[^a-z0-9]+/gu, '-') || 'file'}${ending.replace(/[^.\w]/gu, '')}`;
  const exact = encodeURIComponent(fileName.normalize('NFC')).replace(
    /['()*]/gu,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
};
