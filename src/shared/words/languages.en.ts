export const languagesEn = {
  'audit.registry.note-languages': 'noted what households understand and read',
  'audit.registry.note-languages-of-village': 'noted the languages of an ethnic group in a village',
  'audit.registry.list-spoken-languages': 'looked at the languages spoken in an area',
  'page.languages.others': 'Other languages ({count})',
  'audit.registry.list-ethnic-groups': 'looked at the ethnic groups of a village',
  'error.languages.none': 'Choose at least one language that the household understands.',
  'error.languages.choice': 'This language is not in the list. Choose one that is.',
  'error.languages.whom': 'Choose at least one household.',
  'error.languages.group': 'Choose an ethnic group.',
  'error.languages.ahead': 'The first day may not lie after today.',
  'error.languages.both': 'With “nobody reads” chosen, choose no language beside it.',
  'page.languages.title': 'What the household understands and reads',
  'page.languages.why':
    'While nobody knows what a household understands, what it was told counts as “could hear” only, not as reached.',
  'page.languages.understands': 'Which languages does the household understand?',
  'page.languages.reads': 'Which languages can somebody there read?',
  'page.languages.reads-hint': 'With nothing chosen it stays as known before.',
  'page.languages.reads-none': 'Nobody there reads',
  'page.languages.reads-kept': 'as known before',
  'page.languages.at-door':
    'Ask and choose carefully: what is said in a language they do not understand does not count as heard.',
  'page.languages.from': 'From',
  'page.languages.from-hint':
    'If it was so before, write an earlier date: what the household was told since then will be counted again.',
  'page.languages.save': 'Save',
  'page.languages.noted': 'The languages are noted. What the household was told since that day is counted again.',
  'page.languages.of-village': 'Note languages for households of a village',
  'page.languages.of-village-lead':
    'Lists often name the ethnic group but not the language. If you know for sure what the households of a group in a village understand, say it once for all of them.',
  'page.languages.commune': 'Commune',
  'page.languages.village': 'Village',
  'page.languages.show': 'Show',
  'page.languages.group': 'Ethnic group',
  'page.languages.group-count':
    '{ethnicity} ({households} {households|household|households}, {unknown} of unknown language)',
  'page.languages.no-groups': 'No household of the village has its ethnic group on record.',
  'page.languages.whom': 'For which households?',
  'page.languages.whom-all': 'Also for those whose languages are known',
  'page.languages.whom-hint': 'Unless chosen, only for those of unknown language; what is known stays.',
  'page.languages.count': 'See how many households',
  'page.languages.confirm': 'Look again before saving',
  'page.languages.confirm-lead': 'For {count} {ethnicity} {count|household|households}, from {from}:',
  'page.languages.nobody': 'There is no household to note it for.',
  'page.languages.save-count': 'Save for {count} {count|household|households}',
  'page.languages.back': 'Choose again',
  'page.languages.done':
    'Languages noted for {count} {count|household|households}. What they were told since that day is counted again.',
  'page.languages.no-groups-next':
    'Fill in the column of ethnic groups on the list and bring it in again, or note the languages on the page of each household.',
  'page.languages.nobody-next':
    'All households of this group in the village are known already. To note them again, mark “Also for those whose languages are known”.',
  'cli.help.household.languages': 'Notes what a household understands and reads.',
  'cli.help.household.languages-village':
    'Notes the languages of an ethnic group in a village; unless asked otherwise only where unknown.',
  'cli.option.languages-understands': 'Languages it understands, with commas: vi, hmn, blt …',
  'cli.option.languages-reads': 'Languages somebody there reads; none = nobody reads; left out = as before',
  'cli.option.languages-from':
    'From which day (today if left out); with an earlier one evidence since then is counted again',
  'cli.option.languages-ethnicity': 'Ethnic group as lists write it, e.g. Mông',
  'cli.option.languages-all': 'Also households whose languages are known',
  'cli.languages.noted': 'The languages of the household are noted.',
  'cli.languages.same': 'Known already, nothing changed.',
  'cli.languages.village':
    'Languages noted for {households} {households|household|households}. Of {unknownBefore} they were unknown before.',
  'cli.languages.village-dry':
    'Only checked: would be noted for {households} {households|household|households}; of {unknownBefore} they are unknown.',
} as const;
