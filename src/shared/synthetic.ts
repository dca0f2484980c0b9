/**
 * How an invented person's numbers are told from real ones. Whoever sends anything refuses such a number to everything
 * but a simulator, whatever the subject it is attached to says of itself.
 *
 * Mobile numbers: +84 54x xxx xxx. After the change of 2018 (plan of the Ministry of Information and Communications,
 * 11 to 10 digits) the mobile codes beginning with 5 are 052, 055, 056, 058 and 059; 054, once the area code of Thừa
 * Thiên Huế until 2017, is allotted to nobody. The numbering data of libphonenumber agrees: possible in length, never valid.
 * Old eleven-digit numbers: only codes that were converted exist (0199 became 059), so a list of before the change is
 * imitated with 01994 xxx xxx = +84 594 xxx xxx, outside the blocks Gmobile opened (0592, 0593, 0598, 0599).
 */
const PHONE = /^\+84(?:54\d|594)\d{6}$/u;

/** Is this E.164 number one of the invented ones? */
export const isSyntheticPhone = (e164: string): boolean => PHONE.test(e164);

/**
 * Addresses of invented people end in `.invalid`, a name that nobody can ever own (RFC 2606, section 2). Whoever sends
 * anything refuses such an address to everything but a simulator.
 */
export const isSyntheticEmail = (address: string): boolean => /[@.]invalid\.?$/iu.test(address);

/** Country code and first national digits of the two ranges; six or seven free digits follow. */
export const SYNTHETIC_MOBILE = '+8454';
export const SYNTHETIC_OLD_MOBILE = '+84594';

/**
 * Identity numbers (số định danh cá nhân) begin with the code of the place of birth registration: 001 to 096 for provinces,
 * from 101 on for countries (annex of Thông tư 59/2021/TT-BCA). 099 is neither, so no person can be given such a number.
 */
export const SYNTHETIC_ID_PREFIX = '099';

/** Is this twelve-digit identity number one of the invented ones? */
export const isSyntheticIdNumber = (number: string): boolean => /^099\d{9}$/u.test(number);
