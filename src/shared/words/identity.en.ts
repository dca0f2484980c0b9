/** What may go wrong at the door: accounts, passwords, roles, and the forms of the pages. */
export const identityEn = {
  'error.wrong-credentials': 'The user name or the password is wrong. Check both and try again.',
  'error.too-many-attempts':
    'There were too many wrong tries. Wait {minutes} {minutes|minute|minutes} and try again, or ask an administrator for a sign-in link.',
  'error.account-disabled': 'This account is disabled. Ask an administrator.',
  'error.link-used': 'This link has been used. A link works only once.',
  'error.link-expired': 'This link has expired or is not right. A link works for 15 minutes only.',
  'error.password-too-short': 'A password needs at least 10 characters.',
  'error.password-too-long': 'A password has at most 128 characters.',
  'error.passwords-differ': 'The two new passwords are not the same. Type them again.',
  'error.old-password-wrong': 'The current password is wrong.',
  'error.username-form':
    'A user name has 3 to 40 characters: letters without diacritics, digits, dot, hyphen or underscore, and begins with a letter or a digit.',
  'error.username-taken': 'The user name {username} is taken. Choose another.',
  'error.name-missing': 'The name is missing.',
  'error.name-too-long': 'A name has at most 120 characters.',
  'error.user': 'There is no such user.',
  'error.role-grant': 'There is no such role granted.',
  'error.role-held': 'This person holds that very role in that area already.',
  'error.role-ended': 'This role has ended before.',
  'error.own-account': 'Nobody changes their own roles or disables their own account. Ask another administrator.',
  'error.page': 'There is no such page. The address may be mistyped, or the page has moved.',
  'error.foreign-origin':
    'This request was not sent by a page of Lan Tỏa and was refused. Open the page again and repeat it.',
  'error.form-expired':
    'This page was open for too long or belongs to an earlier sign-in, so nothing has been saved. Check it and send it again.',
  'error.form-too-large': 'What was sent is too large. Send it in smaller parts.',
  'error.form-unreadable': 'What was sent could not be read. Open the page again and repeat it.',
  'error.language': 'There is no such language.',
} as const;
