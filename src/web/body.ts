import type { FastifyRequest } from 'fastify';
import { type FileStore, uploadLimit } from '../platform/files.ts';
import { invalid } from '../shared/errors.ts';
import type { Form, Upload } from './page.ts';

export interface Body {
  readonly form: Form;
  readonly uploads: readonly Upload[];
}

const collect = (into: Record<string, string | string[]>, name: string, value: string): void => {
  const known = into[name];
  into[name] = known === undefined ? value : [known, value].flat();
};

/**
 * Reads what a form sent. Files go straight into the store, never into memory, and only once `admit` was content with the
 * fields before them; with `files` undefined they are thrown away (the session has ended: the fields are kept, files not).
 * `uploads` is the caller's, who thus knows the files taken in even when the rest is refused.
 */
export const readBody = async (
  request: FastifyRequest,
  admit: (form: Form) => void,
  files: FileStore | undefined,
  uploads: Upload[],
): Promise<Body> => {
  const form: Record<string, string | string[]> = Object.create(null);
  if (!request.isMultipart()) {
    Object.assign(form, request.body ?? {});
    admit(form);
    return { form, uploads };
  }
  const limits = { fileSize: uploadLimit + 1, files: 10, fields: 500, fieldSize: 1_048_576, parts: 600 };
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') {
        collect(form, part.fieldname, String(part.value ?? ''));
        continue;
      }
      admit(form);
      // A browser sends a nameless, empty file for a field in which none was chosen.
      if (!part.filename || !files) part.file.resume();
      else
        uploads.push({
          field: part.fieldname,
          fileName: part.filename.normalize('NFC'),
          ...(await files.put(part.file, uploadLimit)),
        });
    }
    admit(form);
  } catch (error) {
    // The rest is let run out, so that the browser gets to read the answer.
    request.raw.unpipe();
    request.raw.resume();
    throw (error as { code?: string }).code?.startsWith('FST_') ? invalid('form-too-large') : error;
  }
  return { form, uploads };
};
