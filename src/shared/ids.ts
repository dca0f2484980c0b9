import { v5, v7, validate } from 'uuid';

/** A fresh id: UUIDv7, so that rows written together lie together (RFC 9562). */
export const newId = (): string => v7();

// Our own namespace, drawn once; never change it, or known places get new ids in every installation.
const NAMESPACE = 'b0c5a6de-30c4-4b0f-9f5e-6d1a1c6f8f11';

/** The same id for the same key in every installation (UUIDv5); for reference data such as the country's units. */
export const fixedId = (key: string): string => v5(key, NAMESPACE);

export const isId = (text: string): boolean => validate(text);
