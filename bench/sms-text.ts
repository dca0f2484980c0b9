/** What both the program and the bare loop send, to so many people of other names. */
export const TEXT = 'Nha ((tên)) duoc cap the bao hiem y te. Hoi can bo xa.';
