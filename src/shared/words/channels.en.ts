export const channelsEn = {
  'error.channels.file':
    'The channels file {path} has {count} {count|place|places} to correct. Correct {count|it|them} and start again.',
  'error.channels.unreadable': 'The channels file {path} cannot be read. Check its path and who may read it.',
  'error.channels.layout': 'Line {line}: this is no YAML. Look at the spaces before it, the colon and the quotes.',
  'error.channels.alias': 'Line {line}: & and * cannot be used. Write the value again.',
  'error.channels.not-a-list':
    'Line {line}: this has to be the list “sms:”, one entry that begins with “-” for each provider.',
  'error.channels.unknown-key': 'Line {line}: there is no “{key}”. These can be used: {known}.',
  'error.channels.missing-key': 'Line {line}: “{key}” is missing.',
  'error.channels.quotes': 'Line {line}: put the value of “{key}” in quotes, for example {key}: "0123".',
  'error.channels.value': 'Line {line}: the value of “{key}” is not right.',
  'error.channels.at-least': 'Line {line}: “{key}” has to be {bound} or more.',
  'error.channels.at-most': 'Line {line}: “{key}” may be {bound} at most.',
  'error.channels.provider':
    'Line {line}: “{key}” is a short name of the provider, in small letters, digits and hyphens, for example viettel.',
  'error.channels.provider-twice':
    'Line {line}: the provider “{provider}” stands above already. Give each a name of its own.',
  'error.channels.host':
    'Line {line}: “{key}” is the name or IP address of the provider’s machine, for example smpp.network.vn.',
  'error.channels.port': 'Line {line}: “{key}” is a port from 1 to 65535, as the contract says.',
  'error.channels.systemId':
    'Line {line}: “{key}” is the sign-on name the provider gave, without accents, 15 letters at most.',
  'error.channels.sender':
    'Line {line}: “{key}” is the registered brand name (without accents, 11 letters at most), a number with its country code (+84…) or a short code.',
  'error.channels.bind': 'Line {line}: “{key}” is transceiver or pair.',
  'error.channels.receiptIds': 'Line {line}: “{key}” is same or hex-of-decimal.',
  'error.channels.passwordEnv':
    'Line {line}: “{key}” is the name of an environment variable: letters, digits and underscores.',
  'error.channels.password-in-file':
    'Line {line}: no password may stand in this file. Keep it in an environment variable (passwordEnv) or a file of its own (passwordFile), and delete this line.',
  'error.channels.password-place':
    'Line {line}: “{provider}” needs either passwordEnv (the name of an environment variable) or passwordFile (a file that holds the password).',
  'error.channels.password-letters':
    'Line {line}: the password of “{provider}” has letters that cannot be used, or more than 64. Look where it is kept.',
  'error.channels.no-env': 'Line {line}: the environment variable {name} is missing or empty. Put the password there.',
  'error.channels.no-file': 'Line {line}: no password can be read from the file {path}, or it is empty.',
  'error.channels.kind': 'Line {line}: “{key}” is smpp or http (SMS), smtp (e-mail).',
  'error.channels.one-of': 'Line {line}: “{key}” can only be: {allowed}.',
  'error.channels.url': 'Line {line}: “{key}” is the address the provider gave, beginning with https://.',
  'error.channels.https':
    'Line {line}: “{key}” has to begin with https://, for messages and passwords travel through it.',
  'error.channels.simulator-here':
    'Line {line}: a simulator has to run on this machine (127.0.0.1). Correct “{key}”, or take simulator away.',
  'error.channels.place':
    'Line {line}: “{key}” has the place “{place}”, which cannot be used here. These can: {known}.',
  'error.channels.no-place':
    'Line {line}: “{provider}” has no places for the number (to) and the text (text). Write them into body or query, in curly brackets.',
  'error.channels.header':
    'Line {line}: “{key}” is no name, or has no value, that a header can have. Look where the value is kept.',
  'error.channels.body': 'Line {line}: “{key}” is either json or form.',
  'error.channels.body-of-get': 'Line {line}: with method GET there is no “{key}”. Write the fields into query.',
  'error.channels.refusal-of-what': 'Line {line}: each entry of refusals needs a status or a path.',
  'error.channels.secret-short':
    'Line {line}: this shared secret needs 16 letters or more, so that nobody guesses it. Agree on another with the provider.',
  'error.channels.proof-of-query': 'Line {line}: with read: query, “{key}” has to be header or query.',
  'error.channels.from': 'Line {line}: “{key}” is the mail address of the sender, for example commune@example.gov.vn.',
  'error.channels.replyTo': 'Line {line}: “{key}” is the mail address for answers, for example office@example.gov.vn.',
  'error.channels.bounceDomain':
    'Line {line}: “{key}” is the domain that undeliverable mail comes back to, for example mail.example.gov.vn.',
  'error.channels.tls':
    'Line {line}: “{key}” can be none only where the mail server is this machine. Use starttls or implicit.',
  'error.channels.user':
    'Line {line}: “{provider}” has a password and no user. Write the user, or take the password away.',
  'error.channels.simulator': 'The simulated mobile network could not be opened. Look into the log and start again.',
};
