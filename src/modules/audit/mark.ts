import type { AuditMark } from '../../platform/read-audit.ts';

/** A mark as it stands in an address or on the command line: milliseconds and number, `1781500000000-42`. */
export const writeMark = ({ at, auditId }: AuditMark): string => `${at.getTime()}-${auditId}`;

/** Undefined for what is no mark. */
export const readMark = (text: string): AuditMark | undefined => {
  const [, at, auditId] = /^(\d{1,14})-(\d{1,15})$/u.exec(text) ?? [];
  return at && auditId ? { at: new Date(Number(at)), auditId: Number(auditId) } : undefined;
};
