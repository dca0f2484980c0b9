export { Badge, type Tone } from './badge.tsx';
export { Actions, Button, LinkButton } from './button.tsx';
export { Dialog } from './dialog.tsx';
export { Card, Figure, Figures, SummaryList } from './figures.tsx';
export {
  CellSelect,
  Checkboxes,
  Field,
  FieldGroup,
  type Option,
  Radios,
  Select,
  TextArea,
  WhosePassword,
} from './forms/fields.tsx';
export { AddressForm, Form, SearchForm } from './forms/form.tsx';
export type { KeptForm } from './forms/kept-form.tsx';
export { LiveFigures } from './forms/live-figures.tsx';
export { nameFields } from './forms/name-fields.ts';
export { Tick } from './forms/tick.tsx';
export { Mark } from './frame/mark.tsx';
export { Shell } from './frame/shell.tsx';
export { type Theme, themes } from './frame/theme.ts';
export { Counted, How, type HowId, type HowMade, howIds } from './how.tsx';
export { LadderChart, type LadderRow, LadderStrip } from './ladder/bar.tsx';
export { LadderKey } from './ladder/key.tsx';
export type { MapShape } from './ladder/map-layout.ts';
export { MonthColumns, type MonthFigures, SmallMonths } from './ladder/month-columns.tsx';
export { RateBar } from './ladder/rate-bar.tsx';
export { type Sign, StageSign, signOf } from './ladder/stage-sign.tsx';
export { type LadderFigures, reachedShare } from './ladder/steps.ts';
export { VillageGrid } from './ladder/village-grid.tsx';
export { OutlineMap, VillageMap } from './ladder/village-map.tsx';
export { Beside, Cards, Lines, Narrow, PageHead, Part, Stack } from './layout.tsx';
export { ListRegion, ListTools } from './list-tools.tsx';
export { Alert, EmptyState, FormTrouble } from './notices.tsx';
export { Progress } from './progress.tsx';
export { Prose, plain } from './prose.tsx';
export { Swatches } from './swatches.tsx';
export { Table } from './table.tsx';
export { Tabs } from './tabs.tsx';
export { FirstThings, LinkCard, TaskColumns, Tasks } from './tasks.tsx';
export { Aside, ErrorText, Hint, Lead, ReadAloud, Said, Whole } from './text.tsx';
export { Pager, Steps } from './ways.tsx';
